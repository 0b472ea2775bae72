"""Single pairs against the criteria and the rules, by definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from .criteria import Criterion
from .instance import Instance
from .people import Person
from .rules import Rule

Both = tuple[Person, Person]
CHUNK = 256
# So many pairs are scored at once.
MANY = 4096


def score_pairs(instance: Instance, pairs: Sequence[Both]) -> list[list[int]]:
    """The points of each pair, criterion by criterion."""
    return [each for some in split(pairs, MANY) for each in score_some(instance.criteria, some)]


def score_some(criteria: Sequence[Criterion], pairs: Sequence[Both]) -> list[list[int]]:
    if not criteria:
        return [[] for _ in pairs]
    mentees, mentors = ([both[side] for both in pairs] for side in (0, 1))
    return np.stack([criterion.compare_each(mentees, mentors) for criterion in criteria], axis=1).tolist()


def judge_pairs(instance: Instance, pairs: Sequence[Both]) -> list[list[str]]:
    """The reasons of the rules that each pair breaks."""
    allowed = [each for some in split(pairs, CHUNK) for each in judge_some(instance.rules, some)]
    return [[rule.reason for rule, passes in zip(instance.rules, each, strict=True) if not passes] for each in allowed]


def judge_some(rules: Sequence[Rule], chunk: Sequence[Both]) -> list[list[bool]]:
    """Every mentee of the chunk with every mentor of it, each once, and of these the pairs that were asked for."""
    if not rules:
        return [[] for _ in chunk]
    mentees, mentors = ({both[side].id: both[side] for both in chunk} for side in (0, 1))
    rows, columns = ({id: place for place, id in enumerate(people)} for people in (mentees, mentors))
    where = [rows[mentee.id] for mentee, _ in chunk], [columns[mentor.id] for _, mentor in chunk]
    theirs, others, everyone = list(mentees.values()), list(mentors.values()), slice(0, len(mentees))
    return np.stack([rule.compare(theirs, others)(everyone)[where] for rule in rules], axis=1).tolist()


def split(pairs: Sequence[Both], size: int) -> Iterable[Sequence[Both]]:
    return (pairs[start : start + size] for start in range(0, len(pairs), size))
