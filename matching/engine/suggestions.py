"""A short list of mentors for every mentee, when the mentees choose for themselves.

The best mentors by score alone are the same few for everybody. What a place is worth to the others is its price in the
best assignment: by score less price the lists spread over all mentors, and first come, first served still serves nearly
everybody. The mentor of the best assignment is always on the list, so together the lists leave nobody out who need not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .instance import Instance
from .objectives import plan_total
from .pricing import Best, search_field
from .progress import Progress, Watch, ignore
from .scoring import Field, Integers
from .solving import combine, draw_lots, draw_match


@dataclass(frozen=True)
class Suggestion:
    """A mentor, the points of the pair, and the points that the others lose when this place is taken."""

    mentor: str
    points: int
    price: int


def suggest(instance: Instance, count: int, watch: Watch | None = None) -> dict[str, tuple[Suggestion, ...]]:
    """For every mentee who is not locked, by id: up to so many mentors, the best for everybody together first.

    Only mentors whom no rule refuses and whose places are not all locked. A mentor whom others need in order to be
    matched at all comes after those whom nobody needs so. `watch` is as in `solve`.
    """
    progress = Progress(watch or ignore)
    progress.begin()
    field = Field(instance)
    found = search_field(field, plan_total, progress=progress)
    progress.write()
    lists = list_best(field, instance.key, count, found.best, draw_match(field, found, instance.key))
    chosen = {mentee.id: suggestions for mentee, suggestions in zip(field.mentees, lists, strict=True)}
    progress.end()
    return dict(sorted(chosen.items()))


def list_best(field: Field, key: str, count: int, best: Best, match: Integers) -> Iterator[tuple[Suggestion, ...]]:
    """Each mentee's list in turn. Equal mentors: first the one of the best assignment (`match`), then by lot."""
    lots, others = draw_lots(field, key)
    people, points = best.people[1], best.points[1]
    largest = field.factors.largest + int(np.abs(points).max(initial=0))
    charge = points + 2 * (largest + 1) * people
    for part in field.list_blocks():
        block = field.score(part)
        worth = np.where(block > field.lowest, block - charge.astype(np.float64), -np.inf)
        for row, each in enumerate(worth, part.start):
            columns = find_highest(each, count)
            draws = np.where(columns == match[row], 0, combine(lots[[row]], others[columns]))
            chosen = columns[np.lexsort((draws, -each[columns]))][:count]
            scores = block[row - part.start]
            yield tuple(
                Suggestion(field.mentors[column].id, int(scores[column]), int(points[column])) for column in chosen
            )


def find_highest(worth: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """The places of so many of the highest, and of all that are equal to the last of these; none that are refused."""
    if not count or not len(worth):
        return np.zeros(0, dtype=np.int64)
    place = max(0, len(worth) - count)
    return np.flatnonzero((worth >= np.partition(worth, place)[place]) & np.isfinite(worth))
