"""The people to be matched, and their answers as NumPy columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

EARTH_IN_KILOMETRES = 6371.0088


@dataclass(frozen=True)
class Person:
    """One mentee or mentor. `capacity` is the number of mentees a mentor has places for."""

    id: str
    capacity: int = 1
    values: Mapping[str, Any] = field(default_factory=dict)


People = Sequence[Person]


def list_answers(people: People, attribute: str) -> list[Any]:
    return [person.values.get(attribute) for person in people]


def encode_codes(*columns: list[Any]) -> list[NDArray[np.int64]]:
    """Each answer as a number, the same for equal answers in every column; -1 where there is none."""
    known = {answer: code for code, answer in enumerate(sorted(set().union(*columns) - {None}))}
    return [np.array([known.get(answer, -1) for answer in column], dtype=np.int64) for column in columns]


def encode_sets(*columns: list[Any]) -> list[NDArray[np.float64]]:
    """Each set as a row of noughts and ones over all the items that anybody names, in alphabetical order."""
    items = sorted(set().union(*(answer for column in columns for answer in column if answer)))
    position = {item: place for place, item in enumerate(items)}
    matrices = []
    for column in columns:
        matrix = np.zeros((len(column), len(items)))
        rows = np.repeat(np.arange(len(column)), [len(answer or ()) for answer in column])
        matrix[rows, [position[item] for answer in column for item in answer or ()]] = 1
        matrices.append(matrix)
    return matrices


def encode_numbers(column: list[Any]) -> NDArray[np.float64]:
    """NaN where there is no answer."""
    return np.array([np.nan if answer is None else answer for answer in column], dtype=np.float64)


def encode_places(column: list[Any]) -> NDArray[np.float64]:
    """Unit vectors from the centre of the earth; NaN where there is no answer."""
    degrees = np.array([(np.nan, np.nan) if answer is None else answer for answer in column], dtype=np.float64)
    latitude, longitude = np.radians(degrees.reshape(-1, 2)).T
    across = np.cos(latitude)
    return np.stack([across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude)], axis=1)


def measure_distances(here: NDArray[np.float64], there: NDArray[np.float64], unit: str) -> NDArray[np.float64]:
    """Whole kilometres or miles along the earth's surface, here by there; NaN where a place is unknown."""
    squared = sum((here[:, None, axis] - there[None, :, axis]) ** 2 for axis in range(3))
    kilometres = 2 * EARTH_IN_KILOMETRES * np.arcsin(np.minimum(np.sqrt(squared) / 2, 1))
    # The tiny nudge keeps two spellings of one distance from rounding apart.
    return np.rint(np.round(kilometres / (1.609344 if unit == "miles" else 1.0), 6))


@dataclass(frozen=True)
class Named:
    """Numbers for pairs that are named one by one, in the order of their rows; every other pair has none."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    numbers: NDArray[np.int64]

    @classmethod
    def find(cls, numbers: Mapping[tuple[str, str], int], mentees: People, mentors: People) -> Named:
        """Those pairs whose two people are here."""
        row = {person.id: index for index, person in enumerate(mentees)}
        column = {person.id: index for index, person in enumerate(mentors)}
        found = sorted(
            (row[mentee], column[mentor], number)
            for (mentee, mentor), number in numbers.items()
            if mentee in row and mentor in column
        )
        return cls(*np.array(found, dtype=np.int64).reshape(-1, 3).T)

    def add_to(self, block: NDArray[Any], part: slice | NDArray[np.int64]) -> None:
        """Add the numbers to a block of these rows (that follow each other, or any in order)."""
        rows = np.arange(part.start, part.start + len(block)) if isinstance(part, slice) else part
        first, last = np.searchsorted(self.rows, rows), np.searchsorted(self.rows, rows, side="right")
        here, found = spread_ranges(first, last)
        block[here, self.columns[found]] += self.numbers[found]

    def spread(self, part: slice, shape: tuple[int, int]) -> NDArray[np.int64]:
        block = np.zeros(shape, dtype=np.int64)
        self.add_to(block, part)
        return block


def spread_ranges(first: NDArray[np.int64], last: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All numbers from first to last (not included) of every range, and beside each the place of its range."""
    sizes = last - first
    here = np.repeat(np.arange(len(sizes)), sizes)
    return here, np.arange(len(here)) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
