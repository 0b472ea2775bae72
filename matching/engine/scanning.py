"""All pairs against the prices, again and again, without looking at all pairs each time.

For every mentee a bound is kept: no pair outside those looked at was worth more, less its mentor's price. Prices change
little from round to round. A bound rises by as much as the price that fell most; the few mentors whose prices fell more
than the others' are looked at for everybody; a mentee is looked at again only when the bound is above their own price.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .factors import Part
from .floors import Floors
from .peaks import Lots, Peaks
from .people import spread_ranges
from .progress import Progress
from .scoring import Block, Edges, Field, Integers

# At most so many pairs are added for a mentee at once, and so many of some mentors who are looked at for everybody; at
# most so many such mentors.
MORE, FEW = 12, 2
MOST_COLUMNS = 2048
UNKNOWN = np.int64(2**60)


class Scan:
    """Made once for a field; `find_missing` is asked after each round, with ever more pairs."""

    def __init__(self, field: Field, progress: Progress, base: Integers) -> None:
        self.field, self.progress, self.base = field, progress, base
        self.bound = np.full(len(field.mentees), UNKNOWN)
        self.lots = Lots(len(field.mentors))
        self.buffer = np.empty((field.height, len(field.mentors)), dtype=field.factors.kind)

    def find_missing(self, edges: Edges, prices: Integers, limits: Integers, floors: Floors, ground: Floors) -> Edges:
        """Pairs not among the edges (which are in order) whose score less the mentor's price is above the mentee's limit.

        Only pairs that reach the floors; for a mentee with many the most promising. Floors never fall below the ground,
        and the ground never falls from one call to the next.
        """
        look = Look(self, edges, prices, limits, floors, ground)
        columns = self.choose_columns(prices, limits)
        fallen = np.delete(self.base - prices, columns)
        self.bound += max(0, int(fallen.max(initial=0)))
        self.base = prices.copy()
        again = self.bound > limits
        found = [*look.find_by_mentor(columns, np.flatnonzero(~again)), *look.find_by_mentee(np.flatnonzero(again))]
        return Edges.join(found)

    def choose_columns(self, prices: Integers, limits: Integers) -> NDArray[np.int64]:
        """The mentors, by how far their prices fell, whom it is cheaper to look at for everybody."""
        fall = self.base - prices
        if self.field.factors.slow or not (self.bound < UNKNOWN).any():
            return np.zeros(0, dtype=np.int64)
        order = np.argsort(-fall, kind="stable")[: MOST_COLUMNS + 1]
        falls = np.maximum(fall[order], 0)
        rows = np.searchsorted(np.sort(limits - self.bound), falls)
        cost = rows * len(prices) + np.arange(len(order)) * len(limits)
        return np.sort(order[: int(np.argmin(cost))]) if len(order) else order

    def list_parts(self, rows: NDArray[np.int64]) -> Iterator[Part]:
        height = self.field.height
        for start in range(0, len(rows), height):
            part = rows[start : start + height]
            self.progress.look_again(start / len(rows))
            whole = part[-1] - part[0] + 1 == len(part)
            yield slice(int(part[0]), int(part[-1]) + 1) if whole else part


class Look:
    """One round's look: the prices, the limits and what is not to be found again."""

    def __init__(
        self, scan: Scan, edges: Edges, prices: Integers, limits: Integers, floors: Floors, ground: Floors
    ) -> None:
        self.scan, self.edges, self.limits, self.floors, self.ground = scan, edges, limits, floors, ground
        factors = scan.field.factors
        largest = int(max(np.abs(prices).max(initial=0), np.abs(limits).max(initial=0)))
        narrow = factors.can_charge(largest)
        self.kind = factors.kind if narrow else np.dtype(np.float64)
        self.prices, self.plain = prices, narrow and not ground.any
        self.factors = factors.charge(prices) if self.plain else factors
        self.first = np.searchsorted(edges.mentee, np.arange(len(limits) + 1))

    def find_by_mentee(self, rows: NDArray[np.int64]) -> Iterator[Edges]:
        every_mentor = np.arange(len(self.prices))
        for part in self.scan.list_parts(rows):
            block = self.charge(self.factors.compute(part, self.scan.buffer), part, every_mentor)
            here = np.arange(len(self.limits))[part]
            self.hide(block, here)
            edges, best = self.pick(block, here, every_mentor, MORE)
            yield edges
            self.scan.bound[here] = best

    def find_by_mentor(self, columns: NDArray[np.int64], rows: NDArray[np.int64]) -> Iterator[Edges]:
        """Only for these mentees; the others are looked at by themselves."""
        width = max(1, self.scan.buffer.size // max(1, len(self.limits)))
        for start in range(0, len(columns) if len(rows) else 0, width):
            some = columns[start : start + width]
            everyone = slice(0, len(self.limits))
            block = self.charge(self.factors.compute_columns(some), everyone, some)[rows]
            place = np.full(len(self.prices), -1)
            place[some] = np.arange(len(some))
            row = np.full(len(self.limits), -1)
            row[rows] = np.arange(len(rows))
            known = (place[self.edges.mentor] >= 0) & (row[self.edges.mentee] >= 0)
            block[row[self.edges.mentee[known]], place[self.edges.mentor[known]]] = -np.inf
            edges, best = self.pick(block, rows, some, FEW)
            yield edges
            self.scan.bound[rows] = np.maximum(self.scan.bound[rows], best)

    def charge(self, block: Block, part: Part, columns: NDArray[np.int64]) -> Block:
        """Less the prices; pairs that are refused or below the ground are worth nothing at all."""
        if self.plain:
            return block
        np.putmask(block, block < self.ground.find(part, columns, self.scan.field.lowest), -np.inf)
        block = block.astype(self.kind, copy=False)
        block -= self.prices[columns].astype(self.kind)
        return block

    def hide(self, block: Block, rows: NDArray[np.int64]) -> None:
        here, found = spread_ranges(self.first[rows], self.first[rows + 1])
        block[here, self.edges.mentor[found]] = -np.inf

    def pick(
        self, block: Block, rows: NDArray[np.int64], columns: NDArray[np.int64], most: int
    ) -> tuple[Edges, Integers]:
        """The most promising of each mentee above the limit, and the best of what is left."""
        offer = block
        if self.floors is not self.ground:
            floors = self.floors.find(rows, columns, self.scan.field.lowest)
            offer = np.where(block + self.prices[columns] >= floors, block, -np.inf).astype(block.dtype, copy=False)
        peaks = Peaks(offer, rows, self.scan.lots)
        hot = np.flatnonzero(peaks.best > self.limits[rows])
        mentee, mentor, worth = peaks.take(hot, self.limits[rows[hot]], most)
        if offer is not block:
            block[mentee, mentor] = -np.inf
        best = peaks.best if offer is block else block.max(axis=1, initial=-np.inf)
        score = worth.astype(np.int64) + self.prices[columns[mentor]]
        return Edges(rows[mentee], columns[mentor], score), np.maximum(best, -UNKNOWN).astype(np.int64)
