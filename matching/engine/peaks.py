"""The few best pairs of every mentee in a block of scores, found in one pass over it.

Columns are put together in groups of up to sixteen. The highest of each group decides which groups are looked into, so
that the rest of the work is on a sixteenth of the block. A group gives one pair at a time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .scoring import Block, Flags, Integers

# A group has at most so many columns, and fewer where there would be fewer groups than this.
SIZE, GROUPS = 16, 128

Places = NDArray[np.int64]


class Peaks:
    """The highest of every group of a block. What is taken leaves the block: it is worth nothing at all from then on."""

    def __init__(self, block: Block, mentees: Places, lots: Lots) -> None:
        self.block, self.width, self.mentees, self.lots = block, block.shape[1], mentees, lots
        self.size = min(SIZE, max(1, self.width // GROUPS))
        self.count = -(-self.width // self.size)
        self.highest = block[:, : self.count].copy()
        for start in range(self.count, self.width, self.count):
            some = block[:, start : start + self.count]
            np.maximum(self.highest[:, : some.shape[1]], some, out=self.highest[:, : some.shape[1]])

    @property
    def best(self) -> Block:
        """The highest of each row."""
        return self.highest.max(axis=1, initial=-np.inf)

    def take(self, rows: Places, limits: Integers | float, most: int) -> tuple[Places, Places, Block]:
        """About `most` of the best of each of these rows, those above its limit: their rows, columns and values."""
        few = self.highest[rows]
        wanted = few > np.asarray(limits, dtype=few.dtype).reshape(-1, 1)
        many = np.flatnonzero(np.count_nonzero(wanted, axis=1) > most)
        if len(many):
            drawn = few[many] + self.lots.draw_first(self.mentees[rows[many]], self.count)
            place = self.count - most
            wanted[many] &= drawn >= np.partition(drawn, place, axis=1)[:, place, None]
        row, group = find_true(wanted)
        return self.look_into(rows[row], group)

    def look_into(self, rows: Places, groups: Places) -> tuple[Places, Places, Block]:
        """The best of each of these groups, where equal ones are drawn by lot."""
        columns = groups[:, None] + self.count * np.arange(self.size)
        inside = np.minimum(columns, self.width - 1)
        values = np.where(columns < self.width, self.block[rows[:, None], inside], -np.inf)
        drawn = values + self.lots.draw(self.mentees[rows, None], inside)
        each, place = np.arange(len(rows)), np.argmax(drawn, axis=1)
        chosen, found = columns[each, place], values[each, place]
        self.block[rows, chosen] = values[each, place] = -np.inf
        self.highest[rows, groups] = values.max(axis=1, initial=-np.inf)
        return rows, chosen, found


class Lots:
    """Less than one half for every pair, a different way round for each mentee: so equal scores are told apart."""

    def __init__(self, width: int) -> None:
        self.width = max(1, width)
        self.numbers = np.random.default_rng(0).random(2 * self.width, dtype=np.float32) / 2

    def draw_first(self, mentees: Places, count: int) -> Block:
        """For so many of the first columns of these mentees."""
        return np.lib.stride_tricks.sliding_window_view(self.numbers, count)[mentees % self.width]

    def draw(self, mentees: Places, columns: Places) -> Block:
        return self.numbers[mentees % self.width + columns]


def find_true(flags: Flags) -> tuple[Places, Places]:
    """As `np.nonzero`, quicker where few are true."""
    place = np.flatnonzero(flags)
    return np.divmod(place, flags.shape[1]) if flags.shape[1] else (place, place)
