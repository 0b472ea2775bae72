"""Prices that bound what is possible: what everybody's time, and everybody matched, is worth to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .tables import Integers

# Prices are whole numbers of ten-thousandths of a point.
SCALE = 10_000
# Whether the time is up, and the best so far has to do.
IsLate = Callable[[], bool]
NEVER = np.int64(-(2**60))


class Gathering(NamedTuple):
    """Who comes together, as rows and columns of the tables; `topic` is what a circle shares."""

    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    topic: str = ""


class Quest(NamedTuple):
    """What is looked for: the most people (`people` is None), or the highest total with at least so many people.

    Only pairs of at least `floor` points count; locked pairs always do.
    """

    floor: int | None = None
    people: int | None = None


@dataclass(frozen=True)
class Prices:
    """In ten-thousandths: each mentee's and mentor's, `each` for every person matched, and those of odd sets of people."""

    mentees: Integers
    mentors: Integers
    each: int = 0
    sets: tuple[tuple[tuple[int, ...], int], ...] = field(default=())


def round_prices(prices: NDArray[np.float64]) -> Integers:
    return np.rint(np.maximum(prices, 0) * SCALE).astype(np.int64)


def floor_points(scaled: int) -> int:
    """Whole points: what is worth less than a point more is worth no point more."""
    return scaled // SCALE
