"""Scores of all pairs, by blocks of mentees: n by m is never held at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .factors import Factors
from .instance import Instance
from .people import Person

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Block = NDArray[Any]

# How many pairs a block holds: small enough to stay in memory, large enough to keep the processor busy. With fewer rows
# than this a matrix product would spend its time on reading the other matrix.
BLOCK = 1 << 21
ROWS = 128


@dataclass(frozen=True)
class Edges:
    """Pairs that may be matched: row of the mentee, column of the mentor, score."""

    mentee: Integers
    mentor: Integers
    score: Integers

    @classmethod
    def of(cls, block: Block, chosen: Flags, start: int) -> Edges:
        """The chosen pairs of a block of scores whose first mentee is `start`."""
        rows, columns = np.nonzero(chosen)
        return cls(rows + start, columns, block[rows, columns].astype(np.int64))

    @classmethod
    def join(cls, parts: list[Edges]) -> Edges:
        nothing = np.zeros(0, dtype=np.int64)
        columns = ((part.mentee, part.mentor, part.score) for part in [cls(nothing, nothing, nothing), *parts])
        return cls(*(np.concatenate(column) for column in zip(*columns, strict=True)))

    def __len__(self) -> int:
        return len(self.score)

    def keep(self, wanted: Flags) -> Edges:
        return Edges(self.mentee[wanted], self.mentor[wanted], self.score[wanted])

    def are_in(self, match: Integers) -> Flags:
        """Which are pairs of this assignment (each mentee's mentor)."""
        return match[self.mentee] == self.mentor

    def sort(self) -> Edges:
        """In the order of the mentees, and of the mentors for each."""
        order = np.lexsort((self.mentor, self.mentee))
        return Edges(self.mentee[order], self.mentor[order], self.score[order])


class Field:
    """The people still to be matched: locked mentees are out, and locked places are taken."""

    def __init__(self, instance: Instance) -> None:
        taken = Counter(mentor for _, mentor in instance.locked)
        settled = {mentee for mentee, _ in instance.locked}
        self.mentees = [person for person in instance.mentees if person.id not in settled]
        self.mentors = [Person(each.id, each.capacity - taken[each.id], each.values) for each in instance.mentors]
        self.capacity = np.array([mentor.capacity for mentor in self.mentors], dtype=np.int64)
        self.factors = Factors(instance.criteria, instance.rules, self.mentees, self.mentors)

    @property
    def lowest(self) -> float:
        """Pairs with a score below this are refused."""
        return self.factors.lowest

    @property
    def size(self) -> int:
        return len(self.mentees) * len(self.mentors)

    @property
    def height(self) -> int:
        """How many mentees a block holds."""
        return max(ROWS, BLOCK // max(1, len(self.mentors)))

    def list_blocks(self) -> Iterator[slice]:
        height = self.height
        return (slice(start, start + height) for start in range(0, len(self.mentees), height))

    def score(self, part: slice) -> Block:
        return self.factors.compute(part)

    def score_mentor(self, column: int) -> Block:
        """Every mentee's score with one mentor."""
        return self.factors.compute_columns(np.array([column]))[:, 0]

    def list_edges(self) -> Edges:
        """Every allowed pair."""
        blocks = ((part.start, self.score(part)) for part in self.list_blocks())
        return Edges.join([Edges.of(block, block > self.lowest, start) for start, block in blocks])
