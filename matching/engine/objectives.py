"""What "best" means, in order: most people matched, then (fair) the worst off as well off as can be, then the total.

`fair` raises a floor under the scores of all pairs as high as it goes. One isolated person must not decide for everybody:
whoever has less than a tenth more than the floor with anybody at all is set apart, if they are few, and the floor is
raised again under the others. Where many are matched, a handful of people must not decide for hundreds: the floors go
only as high as leaves the total within one in 200 of the best. Then the highest total above the floors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .floors import MOST_FLOORS, Apart, find_limit, find_step, is_limited
from .pricing import Best, Search
from .scoring import Integers
from .stages import Stage

Plan = Callable[[Search], list[Stage]]


def plan_total(search: Search) -> list[Stage]:
    """Most people matched, then the highest total: both at once, by a bonus that no score makes up for."""
    best = search.find_best()
    return [write_matched(best), write_points("total", best, best)]


def plan_fair(search: Search) -> list[Stage]:
    """Most people matched, then the floors, then the highest total."""
    first = search.find_best()
    stages = [write_matched(first)]
    if is_limited(first.matched):
        stages.append(write_points("best", first, first))
    climb = Climb(search, first)
    apart, wider = None, Apart.none(search.floors)
    floors: list[Stage] = []
    while first.matched and len(floors) < MOST_FLOORS and (apart is None or wider.is_larger_than(apart)):
        apart = wider
        level, proof = climb.raise_floor(apart)
        floors.append(write_points("floor", proof, first, level))
        wider = apart.widen(find_step(level), search.best_scores, first.matched)
    return [*stages, *floors, write_points("total", search.find_best(), first)]


def write_matched(best: Best) -> Stage:
    return Stage("matched", best.people[0], best.people[1])


def write_points(aim: str, best: Best, first: Best, level: int = 0) -> Stage:
    """The prices of people and points in one, less those of people that hold in any case."""
    mentees, mentors = (
        both - first.bonus * people
        for both, people in zip((best.mentee_prices, best.mentor_prices), first.people, strict=True)
    )
    return Stage(aim, mentees, mentors, level, best.match if aim == "best" else None)


@dataclass
class Climb:
    """How high the floor goes. `first` is the best without any floor."""

    search: Search
    first: Best
    level: int | None = None
    limit: int = field(init=False)
    top: int = field(init=False)

    def __post_init__(self) -> None:
        self.top = self.search.field.factors.largest
        self.limit = find_limit(self.first.matched, self.first.total, self.top)

    def raise_floor(self, apart: Apart) -> tuple[int, Best]:
        """The highest floor under everybody not set apart, put in place, and the best above it, which is too little."""
        near = self.level is not None
        level = self.search.find_worst(self.first, apart) if self.level is None else self.level
        while True:
            level, near = self.climb(level, apart, near=near), True
            proof = self.search.find_best(self.search.floors.lift(level + 1, apart))
            if level == self.top or not self.is_enough(proof):
                break
            level += 1
        self.level = level
        self.search.floors = self.search.floors.lift(level, apart)
        return level, proof

    def is_enough(self, best: Best) -> bool:
        return best.matched == self.first.matched and best.total >= self.limit

    def climb(self, level: int, apart: Apart, *, near: bool) -> int:
        """The same on the pairs looked at so far: from this level on, which is low enough, and perhaps nearly right.

        By halving; from nearby by steps, each four times as long as the last, and then by halving.
        """
        levels = np.unique(np.append(self.search.list_levels(apart), self.top))
        levels = levels[levels > level]
        low, high = -1, len(levels)
        stride = int(near)
        middle = 0 if near else high // 2
        below, above = 0.0, None
        while low < high - 1:
            best = self.search.guess(self.search.floors.lift(int(levels[middle]), apart))
            loss = float(self.first.total - best.total) if best.matched == self.first.matched else None
            if self.is_enough(best):
                self.search.held = best
                reached = int(np.searchsorted(levels, self.search.find_worst(best, apart), side="right")) - 1
                low, below, stride = max(middle, min(reached, high - 1)), float(loss or 0), 4 * stride
            else:
                high, above, stride = middle, loss, 0
            middle = min(low + stride, high - 1) if stride else self.choose(levels, low, high, below, above)
        return level if low < 0 else int(levels[low])

    def choose(self, levels: Integers, low: int, high: int, below: float, above: float | None) -> int:
        """Where to try next: the loss grows about as the square of how far the floor is raised."""
        middle = (low + high) // 2
        if above is None or low < 0 or high - low < 16 or above <= below:
            return max(middle, low + 1)
        allowed = float(self.first.total - self.limit)
        share = (np.sqrt(allowed) - np.sqrt(max(below, 0))) / (np.sqrt(above) - np.sqrt(max(below, 0)))
        guess = levels[low] + share * (levels[high] - levels[low])
        # Now a little above and now a little below, so that both ends close in.
        place = int(np.searchsorted(levels, guess))
        margin = (high - low) // 8
        place += margin if place - low < high - place else -margin
        return min(max(place, low + 1), high - 1)
