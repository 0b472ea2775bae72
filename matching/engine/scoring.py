"""Scores and permissions of all pairs, by blocks of mentees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .instance import Instance
from .people import Person

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

# How many pairs a block holds: small enough to stay in memory, large enough to keep NumPy busy.
BLOCK = 1 << 20


class Field:
    """The people still to be matched: locked mentees are out, and locked places are taken."""

    def __init__(self, instance: Instance) -> None:
        taken = [mentor for _, mentor in instance.locked]
        settled = {mentee for mentee, _ in instance.locked}
        self.mentees = [person for person in instance.mentees if person.id not in settled]
        self.mentors = list(instance.mentors)
        self.capacity = np.array([mentor.capacity - taken.count(mentor.id) for mentor in self.mentors], dtype=np.int64)
        self.criteria = [criterion.compare(self.mentees, self.mentors) for criterion in instance.criteria]
        self.rules = [rule.compare(self.mentees, self.mentors) for rule in instance.rules]

    def score(self, part: slice) -> Integers:
        scores = np.zeros((len(self.mentees[part]), len(self.mentors)), dtype=np.int64)
        for points in self.criteria:
            scores += points(part)
        return scores

    def permit(self, part: slice) -> Flags:
        allowed = np.broadcast_to(self.capacity > 0, (len(self.mentees[part]), len(self.mentors)))
        for rule in self.rules:
            allowed = allowed & rule(part)
        return allowed

    def list_blocks(self) -> list[slice]:
        height = max(1, BLOCK // max(1, len(self.mentors)))
        return [slice(start, start + height) for start in range(0, len(self.mentees), height)]

    def list_edges(self) -> Edges:
        """Every allowed pair with its score."""
        blocks = [Edges.empty()]
        for part in self.list_blocks():
            mentee, mentor = np.nonzero(self.permit(part))
            blocks.append(Edges(mentee + part.start, mentor, self.score(part)[mentee, mentor]))
        return Edges.join(blocks)


@dataclass(frozen=True)
class Edges:
    """Pairs that may be matched: row of the mentee, column of the mentor, score."""

    mentee: NDArray[np.int64]
    mentor: NDArray[np.int64]
    score: Integers

    @classmethod
    def empty(cls) -> Edges:
        nothing = np.zeros(0, dtype=np.int64)
        return cls(nothing, nothing, nothing)

    @classmethod
    def join(cls, parts: list[Edges]) -> Edges:
        columns = ((part.mentee, part.mentor, part.score) for part in parts)
        return cls(*(np.concatenate(column) for column in zip(*columns, strict=True)))

    def __len__(self) -> int:
        return len(self.score)

    def keep(self, wanted: Flags) -> Edges:
        return Edges(self.mentee[wanted], self.mentor[wanted], self.score[wanted])


def score_pair(instance: Instance, mentee: Person, mentor: Person) -> list[int]:
    """The points of one pair, criterion by criterion, by definition."""
    return [int(criterion.compare([mentee], [mentor])(slice(0, 1))[0, 0]) for criterion in instance.criteria]
