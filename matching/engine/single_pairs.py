"""Single pairs against the criteria and the rules, by definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from numpy.typing import NDArray

from .criteria import Criterion
from .instance import Instance
from .people import Person
from .rules import Rule

Both = tuple[Person, Person]
CHUNK = 256


def score_pairs(instance: Instance, pairs: Sequence[Both]) -> list[list[int]]:
    """The points of each pair, criterion by criterion."""
    points = [compare_pairs(criterion, pairs) for criterion in instance.criteria]
    return [list(each) for each in zip(*points, strict=True)] if points else [[] for _ in pairs]


def judge_pairs(instance: Instance, pairs: Sequence[Both]) -> list[list[str]]:
    """The reasons of the rules that each pair breaks."""
    allowed = [compare_pairs(rule, pairs) for rule in instance.rules]
    return [
        [rule.reason for rule, passes in zip(instance.rules, allowed, strict=True) if not passes[index]]
        for index in range(len(pairs))
    ]


def compare_pairs(entry: Criterion | Rule, pairs: Sequence[Both]) -> list[int]:
    return [int(each) for chunk in split(pairs) for each in compare_chunk(entry, chunk)]


def compare_chunk(entry: Criterion | Rule, chunk: Sequence[Both]) -> NDArray[Any]:
    """Every mentee of the chunk with every mentor of it, each once, and of these the pairs that were asked for."""
    mentees, mentors = ({both[side].id: both[side] for both in chunk} for side in (0, 1))
    block = entry.compare(list(mentees.values()), list(mentors.values()))(slice(0, len(mentees)))
    rows, columns = ({id: place for place, id in enumerate(people)} for people in (mentees, mentors))
    return block[[rows[mentee.id] for mentee, _ in chunk], [columns[mentor.id] for _, mentor in chunk]]


def split(pairs: Sequence[Both]) -> Iterable[Sequence[Both]]:
    return (pairs[start : start + CHUNK] for start in range(0, len(pairs), CHUNK))
