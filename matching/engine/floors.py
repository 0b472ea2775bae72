"""Floors under the scores of the `fair` objective, and the rules by which they rise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .factors import Part
from .scoring import Edges, Flags, Integers

MOST_FLOORS = 8
# From so many people matched on, what the floors may cost is limited to one in so many of the points.
MANY, SHARE = 200, 200
NONE = -(2**62)


@dataclass(frozen=True)
class Floors:
    """The least score of a pair is the lower of its two people's floors."""

    mentees: Integers
    mentors: Integers

    @classmethod
    def none(cls, mentees: int, mentors: int) -> Floors:
        return cls(np.full(mentees, NONE), np.full(mentors, NONE))

    @property
    def any(self) -> bool:
        return bool((self.mentees > NONE).any() and (self.mentors > NONE).any())

    def find(self, part: Part, columns: NDArray[np.int64], lowest: float) -> Integers:
        """The least score of every pair of these mentees with these mentors, never below the lowest.

        One number where it is the same for all of them.
        """
        mentees, mentors = (np.maximum(side, int(lowest)) for side in (self.mentees[part], self.mentors[columns]))
        if len(mentees) and len(mentors) and (mentees == mentees[0]).all() and (mentors == mentors[0]).all():
            return np.minimum(mentees[:1, None], mentors[:1])
        return np.minimum(mentees[:, None], mentors)

    def are_reached(self, edges: Edges) -> Flags:
        return edges.score >= np.minimum(self.mentees[edges.mentee], self.mentors[edges.mentor])

    def lift(self, level: int, apart: Apart) -> Floors:
        """The same with this floor under everybody who is not set apart."""
        return Floors(
            np.where(apart.mentees, self.mentees, level),
            np.where(apart.mentors, self.mentors, level),
        )


@dataclass(frozen=True)
class Apart:
    """Isolated people, who hold no floor down: nobody has much more than the floor with them."""

    mentees: Flags
    mentors: Flags

    @classmethod
    def none(cls, floors: Floors) -> Apart:
        return cls(np.zeros(len(floors.mentees), dtype=bool), np.zeros(len(floors.mentors), dtype=bool))

    def widen(self, step: int, best: tuple[Integers, Integers], matched: int) -> Apart:
        """With those whose best score (NONE without any) is below the step; not on a side where they are too many."""

        def add(apart: Flags, best: Integers) -> Flags:
            below = (best < step) & (best > NONE)
            return below if np.count_nonzero(below) <= count_few(matched) else apart

        return Apart(add(self.mentees, best[0]), add(self.mentors, best[1]))

    def counts(self, edges: Edges) -> Flags:
        """Pairs of two people who are not apart: the floor is under them."""
        return ~(self.mentees[edges.mentee] | self.mentors[edges.mentor])

    def is_larger_than(self, other: Apart) -> bool:
        return bool((self.mentees & ~other.mentees).any() or (self.mentors & ~other.mentors).any())


def count_few(matched: int) -> int:
    """How many people are too few to hold the floor down for everybody."""
    return max(1, matched // 50)


def find_step(floor: int) -> int:
    """A tenth above a floor: with less, a person is isolated."""
    return floor + max(1, abs(floor) // 10)


def is_limited(matched: int) -> bool:
    """Whether so many are matched that what the floors may cost has a limit."""
    return matched >= MANY


def find_limit(matched: int, total: int, largest: int) -> int:
    """The total that the floors must leave, given the best; without a limit any total will do."""
    return total - abs(total) // SHARE if is_limited(matched) else -matched * largest
