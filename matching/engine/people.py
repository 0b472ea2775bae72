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
        for row, answer in enumerate(column):
            matrix[row, [position[item] for item in answer or ()]] = 1
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
