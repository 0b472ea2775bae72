"""Large instances: solve on a few pairs for each mentee, let the prices find the pairs that were missing, and go on.

When no pair anywhere is worth more than its prices, the best assignment on the chosen pairs is the best of all.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .assignment import NOBODY, Duties, Hint, assign
from .floors import NONE, Apart, Floors
from .peaks import Peaks
from .progress import Progress
from .scanning import UNKNOWN, Scan
from .scoring import Edges, Field, Integers
from .stages import Stage

# Up to so many pairs, all are looked at from the beginning.
EVERY_PAIR = 1 << 15
FIRST = 10
AROUND, FEW = 2, 200
# Prices from another time are off by about one in so many of the largest score.
CLOSE = 200

Sides = tuple[Integers, Integers]


@dataclass(frozen=True)
class Best:
    """The best assignment by people matched, then points, with prices for both in one: each person counts a bonus."""

    match: NDArray[np.int64]
    matched: int
    total: int
    mentee_prices: Integers
    mentor_prices: Integers
    bonus: int

    @property
    def people(self) -> Sides:
        """How many bonuses a price holds: 0 or 1, the price of being matched at all."""
        return tuple((prices + self.bonus // 2) // self.bonus for prices in (self.mentee_prices, self.mentor_prices))  # type: ignore[return-value]

    @property
    def points(self) -> Sides:
        """The rest of the prices, far smaller than a bonus."""
        mentees, mentors = self.people
        return self.mentee_prices - self.bonus * mentees, self.mentor_prices - self.bonus * mentors


@dataclass(frozen=True)
class Found:
    """The best assignment, its proof, and the pairs among which equally good ones choose.

    The proof is for all pairs when it is `complete`.
    """

    best: Best
    stages: list[Stage]
    ties: Edges
    complete: bool = True

    def break_ties(self, draws: Integers, capacity: Integers) -> NDArray[np.int64]:
        """One of the best assignments: the one with the most luck, given each tied pair's draw (at least 1)."""
        duties = Duties(self.best.mentee_prices > 0, self.best.mentor_prices > 0)
        return assign(self.ties, draws, capacity, duties).match


@dataclass(frozen=True)
class Start:
    """Mentors' prices from another time, for people (0 or 1) and points. Only the time depends on how good they are."""

    people: Integers
    points: Integers

    def charge(self, largest: int) -> Integers:
        """Both in one number, where a person counts more than any points."""
        return self.points + 4 * (max(largest, int(np.abs(self.points).max(initial=0))) + 1) * self.people


class OutOfTime(Exception):
    pass


class Search:
    """The pairs looked at so far, and the best on them. `floors` hold for everything from then on, and only rise."""

    def __init__(self, field: Field, deadline: float, progress: Progress, start: Start | None = None) -> None:
        self.field, self.deadline, self.progress = field, deadline, progress
        # A price is a path over the matched pairs: so many differences of two scores, and one bonus at most.
        self.bonus = 8 * (len(field.mentees) + 2) * (field.factors.largest + 1)
        self.floors = Floors.none(len(field.mentees), len(field.mentors))
        self.hint = (
            Hint(np.maximum(self.bonus * start.people + start.points, 0), field.factors.largest // CLOSE)
            if start
            else None
        )
        self.first: Best | None = None
        self.held: Best | None = None
        self.scan: Scan | None = None
        if field.size <= EVERY_PAIR:
            self.edges = field.list_edges()
        else:
            self.scan = Scan(field, progress, find_charge(field, start))
            self.edges = list_candidates(self.scan)

    def find_best(self, floors: Floors | None = None) -> Best:
        """The best of all pairs that reach these floors (at least those in place). Raises OutOfTime."""
        while True:
            self.progress.begin_round()
            best = self.guess(floors)
            self.first = best if floors is None and not self.floors.any else self.first
            self.held = best if floors is None else self.held
            more = self.find_missing(best, floors or self.floors)
            if not len(more):
                return best
            self.check_time()
            self.edges = Edges.join([self.edges, more]).sort()
            self.hint = Hint(best.mentor_prices, self.find_reach(best, more))

    def guess(self, floors: Floors | None = None) -> Best:
        """The same, of the pairs looked at so far."""
        edges = self.edges.keep((floors or self.floors).are_reached(self.edges))
        if self.held is not None:
            self.check_time()
        everyone = Duties.none(len(self.field.mentees), len(self.field.mentors))
        solution = assign(edges, edges.score + self.bonus, self.field.capacity, everyone, self.hint)
        self.hint = Hint(solution.mentor_prices)
        return Best(
            solution.match,
            int((solution.match != NOBODY).sum()),
            int(edges.score[edges.are_in(solution.match)].sum()),
            solution.mentee_prices,
            solution.mentor_prices,
            self.bonus,
        )

    def find_reach(self, best: Best, more: Edges) -> int | None:
        """How far the prices may be off after these pairs were added: twice what these are worth above them.

        Where they are few, it costs less to let some join later than to reach as far as the one that is worth most.
        """
        if len(more) > len(self.field.mentees):
            return None
        above = more.score + self.bonus - best.mentee_prices[more.mentee] - best.mentor_prices[more.mentor]
        few = FEW * len(more) <= len(self.field.mentees)
        return AROUND * int(np.median(above) if few else above.max())

    def check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise OutOfTime

    def find_missing(self, best: Best, floors: Floors) -> Edges:
        """Pairs, not looked at yet, that are worth more than their prices."""
        if self.scan is None:
            return Edges.join([])
        (mentees, mentors), (left, charge) = best.people, best.points
        # The price of being matched at all counts so much more than any score that one number judges both.
        largest = max(int(np.abs(prices).max(initial=0)) for prices in (left, charge))
        bonus = 4 * (max(self.field.factors.largest, largest) + 1)
        return self.scan.find_missing(
            self.edges, charge + bonus * mentors, left + bonus * (mentees - 1), floors, self.floors
        )

    @cached_property
    def best_scores(self) -> Sides:
        return find_best_scores(self.field)

    def list_levels(self, apart: Apart) -> Integers:
        """Scores under which the floor can be put."""
        return np.unique(self.edges.score[apart.counts(self.edges)])

    def find_worst(self, best: Best, apart: Apart) -> int:
        """The lowest score of a pair that the floor is under; the most there is without any."""
        counted = self.edges.are_in(best.match) & apart.counts(self.edges)
        return int(self.edges.score[counted].min(initial=self.field.factors.largest))

    def find_ties(self, best: Best) -> Edges:
        """The pairs that assignments as good as this one have."""
        edges = self.edges.keep(self.floors.are_reached(self.edges))
        slack = best.mentee_prices[edges.mentee] + best.mentor_prices[edges.mentor] - self.bonus - edges.score
        return edges.keep(slack == 0)


def search_field(
    field: Field,
    plan: Callable[[Search], list[Stage]],
    deadline: float = math.inf,
    progress: Progress | None = None,
    start: Start | None = None,
) -> Found:
    """Search by the plan. Stops soon after the deadline, with the best so far and a proof of how far off it can be."""
    search = Search(field, deadline, progress or Progress(), start)
    try:
        stages, complete = plan(search), True
    except OutOfTime:
        stages, complete = find_bounds(field, search), False
    assert search.held is not None
    return Found(search.held, stages, search.find_ties(search.held), complete)


def find_bounds(field: Field, search: Search) -> list[Stage]:
    """Prices that no pair anywhere is worth more than: not the best proof, but how far off the best can be."""
    assert search.first is not None
    people, free = search.first.people[1], np.maximum(search.first.points[1], 0)
    reach, left = (np.zeros(len(field.mentees), dtype=np.int64) for _ in range(2))
    for part in field.list_blocks():
        block = field.score(part)
        allowed = block > field.lowest
        reach[part] = (allowed & (people == 0)).any(axis=1)
        left[part] = np.where(allowed, block.astype(np.int64) - free, 0).max(axis=1, initial=0)
    return [Stage("matched", reach, people), Stage("total", left, free)]


def find_charge(field: Field, start: Start | None) -> Integers:
    """The prices to begin with; none where the scores less such prices would not stay exact."""
    nothing = np.zeros(len(field.mentors), dtype=np.int64)
    charge = start.charge(field.factors.largest) if start else nothing
    return charge if field.factors.can_charge(int(np.abs(charge).max(initial=0))) else nothing


def list_candidates(scan: Scan) -> Edges:
    """The best pairs of every mentee, less the mentors' prices that the scan begins with.

    Among equals lots are drawn, so that not everybody has the same few.
    """
    field, found = scan.field, []
    factors = field.factors.charge(scan.base)
    for part in field.list_blocks():
        scan.progress.compare(part.start / len(field.mentees))
        block = factors.compute(part, scan.buffer)
        here = np.arange(part.start, part.start + len(block))
        peaks = Peaks(block, here, scan.lots)
        mentee, mentor, worth = peaks.take(here - part.start, field.lowest, FIRST)
        found.append(Edges(here[mentee], mentor, worth.astype(np.int64) + scan.base[mentor]))
        scan.bound[part] = np.maximum(peaks.best, -UNKNOWN)
    return Edges.join(found).sort()


def find_best_scores(field: Field) -> Sides:
    """What every mentee, and every mentor, could have with anybody; NONE where there is nobody."""
    mentees, mentors = np.full(len(field.mentees), NONE), np.full(len(field.mentors), NONE)
    for part in field.list_blocks():
        block = field.score(part)
        for best, axis in ((mentees[part], 1), (mentors, 0)):
            most = block.max(axis=axis, initial=-np.inf)
            allowed = most > field.lowest
            best[allowed] = np.maximum(best[allowed], most[allowed].astype(np.int64))
    return mentees, mentors
