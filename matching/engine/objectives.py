"""What "best" means, in order: most people matched, then (fair) the worst off as well off as can be, then the total.

`fair` raises a floor under the scores of all pairs as high as it goes. Where a few people (one in fifty at most) are so
isolated that without them the floor could be a tenth higher, they are set aside and the floor is raised again under the
rest: one isolated person must not decide for everybody. Then the total, above the floor.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .assignment import NOBODY, Duties, Solution, assign
from .flow import can_fulfil
from .scoring import Edges, Integers

MOST_FLOORS = 8


@dataclass(frozen=True)
class Stage:
    """One proof by prices. `aim` says what is counted; `level` the score from which on (aims "floor" and "apart").

    matched: people matched. floor: people above the level, which is the highest floor. apart: people a tenth above the
    floor; `keep` when the others are few enough to be set aside. total: points. Where `keep` is set, later stages
    choose only among the assignments that are best here.
    """

    aim: str
    keep: bool
    mentee_prices: Integers
    mentor_prices: Integers
    level: int = 0

    def find_bound(self, capacity: Integers) -> int:
        """All prices together: no assignment in the running counts more."""
        return sum(self.mentee_prices.tolist()) + sum((self.mentor_prices * capacity).tolist())


def count_few(matched: int) -> int:
    """How many people are too few to hold the floor down for everybody."""
    return max(1, matched // 50)


def find_step(floor: int) -> int:
    """The score that the others must be able to reach before anybody is set aside."""
    return floor + max(1, abs(floor) // 10)


@dataclass
class Hints:
    """What earlier searches found, kept up to date: mentor prices by what was counted, and floors. Only time depends on it."""

    prices: dict[str, Integers] = field(default_factory=dict)
    floors: dict[int, int] = field(default_factory=dict)


@dataclass
class Search:
    """The assignments still in the running: `edges` they may use and `duties` they fulfil."""

    edges: Edges
    capacity: Integers
    duties: Duties
    hints: Hints

    @classmethod
    def over(cls, edges: Edges, mentees: int, capacity: Integers, hints: Hints | None = None) -> Search:
        return cls(edges, capacity, Duties.none(mentees, len(capacity)), Hints() if hints is None else hints)

    def find_best(self, points: Integers, counted: str = "") -> Solution:
        solution = assign(self.edges, points, self.capacity, self.duties, self.hints.prices.get(counted))
        if counted:
            self.hints.prices[counted] = solution.mentor_prices
        return solution

    def count_pairs(self, counted: NDArray[np.bool_], solution: Solution) -> int:
        return int(counted[solution.match[self.edges.mentee] == self.edges.mentor].sum())

    def narrow(self, points: Integers, solution: Solution) -> None:
        """Keep the assignments that are as good as this one: its prices say which pairs and duties they share."""
        slack = solution.mentee_prices[self.edges.mentee] + solution.mentor_prices[self.edges.mentor] - points
        self.edges = self.edges.keep(slack == 0)
        self.duties = Duties(
            self.duties.mentees | (solution.mentee_prices > 0), self.duties.mentors | (solution.mentor_prices > 0)
        )

    def can_do_with(self, wanted: NDArray[np.bool_]) -> bool:
        """Whether the duties can be fulfilled on the wanted edges alone."""
        return can_fulfil(self.edges.keep(wanted), self.capacity, self.duties)


def find_most_matched(search: Search) -> tuple[Stage, int]:
    """As many people as can be, and how many that is. Leaves the search with the assignments that match so many."""
    points = np.ones(len(search.edges), dtype=np.int64)
    solution = search.find_best(points, "matched")
    search.narrow(points, solution)
    return Stage("matched", True, solution.mentee_prices, solution.mentor_prices), int((solution.match != NOBODY).sum())


def raise_floors(search: Search, matched: int) -> list[Stage]:
    """The floors, each with its proof. Leaves the search with the assignments that respect them."""
    stages: list[Stage] = []
    step: int | None = None
    while matched and len(stages) < 2 * MOST_FLOORS:
        number = len(stages)
        floor = find_floor(search, step, search.hints.floors.get(number))
        search.hints.floors[number] = floor
        search.edges = search.edges.keep(is_open(search.edges, floor, step))
        step = find_step(floor)
        proof = search.find_best((search.edges.score > floor).astype(np.int64), f"floor {number}")
        stages.append(Stage("floor", False, proof.mentee_prices, proof.mentor_prices, floor))
        higher = search.edges.score >= step
        solution = search.find_best(higher.astype(np.int64), f"apart {number}")
        apart = matched - search.count_pairs(higher, solution)
        few = apart <= count_few(matched)
        stages.append(Stage("apart", few, solution.mentee_prices, solution.mentor_prices, step))
        if few:
            search.narrow(higher.astype(np.int64), solution)
        if not few or apart == matched:
            break
    return stages


def find_floor(search: Search, step: int | None, guess: int | None) -> int:
    """The highest floor under everybody but those who were set aside below the step; quicker where the guess is good."""
    levels = np.unique(search.edges.score)
    levels = levels if step is None else levels[levels >= step]
    low, high, stride = 0, len(levels) - 1, 1
    middle = low if guess is None else int(np.searchsorted(levels, guess))
    while low < high:
        middle = min(max(middle, low + 1), high)
        if search.can_do_with(is_open(search.edges, levels[middle], step)):
            low, stride = middle, 2 * stride
        else:
            high, guess = middle - 1, None
        middle = (low + high + 1) // 2 if guess is None else low + stride
    return int(levels[low])


def is_open(edges: Edges, floor: int, step: int | None) -> NDArray[np.bool_]:
    above = edges.score >= floor
    return above if step is None else above | (edges.score < step)


def find_total(search: Search) -> Stage:
    """The highest total among the assignments in the running. Leaves the search with all that reach it."""
    solution = search.find_best(search.edges.score, "total")
    search.narrow(search.edges.score, solution)
    return Stage("total", True, solution.mentee_prices, solution.mentor_prices)


def plan_total(search: Search) -> list[Stage]:
    """Most people matched, then the highest total: both at once, by a bonus that no score makes up for."""
    score = search.edges.score
    # A price is a path over the matched pairs: so many differences of two scores, and one bonus at most.
    bonus = 8 * (len(search.duties.mentees) + 2) * (int(np.abs(score).max(initial=0)) + 1)
    solution = search.find_best(score + bonus, "both")
    mentees, mentors = (divide(prices, bonus) for prices in (solution.mentee_prices, solution.mentor_prices))
    search.hints.prices |= {"matched": mentors[0], "total": mentors[1]}
    search.narrow(np.ones_like(score), Solution(solution.match, mentees[0], mentors[0]))
    search.narrow(search.edges.score, Solution(solution.match, mentees[1], mentors[1]))
    return [Stage("matched", True, mentees[0], mentors[0]), Stage("total", True, mentees[1], mentors[1])]


def divide(prices: Integers, bonus: int) -> tuple[Integers, Integers]:
    """How many bonuses a price holds, and the rest, which is far smaller than one."""
    count = (prices + bonus // 2) // bonus
    return count, prices - count * bonus


def plan_fair(search: Search) -> list[Stage]:
    """Most people matched, then the floors, then the highest total."""
    first, matched = find_most_matched(search)
    return [first, *raise_floors(search, matched), find_total(search)]


def break_ties(search: Search, draws: Integers) -> NDArray[np.int64]:
    """One of the best assignments: the one with the most luck, given each edge's draw (at least 1)."""
    return search.find_best(draws).match
