"""Single pairs against the criteria and the rules, by definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .criteria import Criterion
from .instance import Instance
from .people import Person
from .rules import Rule

Both = tuple[Person, Person]
CHUNK = 256


def score_pairs(instance: Instance, pairs: Sequence[Both]) -> list[list[int]]:
    """The points of each pair, criterion by criterion."""
    return [list(map(int, each)) for each in compare_pairs(instance.criteria, pairs)]


def judge_pairs(instance: Instance, pairs: Sequence[Both]) -> list[list[str]]:
    """The reasons of the rules that each pair breaks."""
    allowed = compare_pairs(instance.rules, pairs)
    return [[rule.reason for rule, passes in zip(instance.rules, each, strict=True) if not passes] for each in allowed]


def compare_pairs(entries: Sequence[Criterion] | Sequence[Rule], pairs: Sequence[Both]) -> list[list[Any]]:
    """What each criterion, or each rule, says of every pair."""
    return [each for chunk in split(pairs) for each in compare_chunk(entries, chunk)]


def compare_chunk(entries: Sequence[Criterion] | Sequence[Rule], chunk: Sequence[Both]) -> list[list[Any]]:
    """Every mentee of the chunk with every mentor of it, each once, and of these the pairs that were asked for."""
    if not entries:
        return [[] for _ in chunk]
    mentees, mentors = ({both[side].id: both[side] for both in chunk} for side in (0, 1))
    rows, columns = ({id: place for place, id in enumerate(people)} for people in (mentees, mentors))
    where = [rows[mentee.id] for mentee, _ in chunk], [columns[mentor.id] for _, mentor in chunk]
    theirs, others, everyone = list(mentees.values()), list(mentors.values()), slice(0, len(mentees))
    return np.stack([entry.compare(theirs, others)(everyone)[where] for entry in entries], axis=1).tolist()


def split(pairs: Sequence[Both]) -> Iterable[Sequence[Both]]:
    return (pairs[start : start + CHUNK] for start in range(0, len(pairs), CHUNK))
