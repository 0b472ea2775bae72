"""From an instance to its groups: most people, then (fair) the highest floor, then the highest total; each with its bound."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from ..instance import Instance
from ..progress import Progress
from ..reading import Fault
from .gatherings import Gatherings
from .outcome import Group, GroupOutcome, describe_groups
from .peers import Peers
from .prices import SCALE, Gathering, Prices, Quest
from .quartets import Quartets
from .tables import Tables

Family = Gatherings | Peers | Quartets
FAMILIES: dict[str, type[Family]] = {
    "group": Gatherings,
    "circle": Gatherings,
    "team": Gatherings,
    "two-by-two": Quartets,
    "peers": Peers,
}
OBJECTIVES = ("fair", "total")
# Scaled prices and sums of these stay whole numbers of 64 bits.
LARGEST_TOTAL = 2**38


@dataclass(frozen=True)
class Stage:
    """A question, the prices that bound its answer, and that bound."""

    aim: str
    quest: Quest
    prices: Prices
    bound: int


def solve_groups(instance: Instance, seconds: float | None, progress: Progress) -> GroupOutcome:
    """The best groups by the instance's model and objective, with what can be proved of them."""
    if instance.objective not in OBJECTIVES:
        raise Fault("objective", f"for the model {instance.model.kind} expected one of {', '.join(OBJECTIVES)}")
    if sum(criterion.largest for criterion in instance.criteria) * (len(instance.mentees) + 1) > LARGEST_TOTAL:
        raise Fault("criteria", "the scores are too large to add up exactly for this model")
    search = GroupSearch(FAMILIES[instance.model.kind](Tables(instance)), instance.objective, seconds, progress)
    search.run()
    progress.write()
    outcome = describe_groups(instance, search.name_groups(), search.write_certificate(), search.find_bound())
    progress.end()
    return outcome


class GroupSearch:
    """Stage after stage. `found` is always the best so far."""

    def __init__(self, family: Family, objective: str, seconds: float | None, progress: Progress) -> None:
        self.family, self.tables, self.objective, self.progress = family, family.tables, objective, progress
        self.deadline = None if seconds is None else time.monotonic() + seconds
        self.found: list[Gathering] = []
        self.stages: list[Stage] = []

    def run(self) -> None:
        self.progress.begin_round()
        found = self.family.choose(Quest())
        if found is None:
            raise Fault("locked", "these locks cannot all be kept in groups of the sizes that the model allows")
        self.found, self.people = found, self.family.count_people(found)
        self.prove("matched", Quest(), self.people)
        floor = self.raise_floor() if self.objective == "fair" else None
        quest = Quest(floor, self.people)
        self.progress.begin_round()
        self.found = self.family.choose(quest, self.left()) or self.found
        self.prove("total", quest, self.family.sum_points(self.found))

    def is_late(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    def left(self) -> float | None:
        return None if self.deadline is None else max(0.1, self.deadline - time.monotonic())

    def prove(self, aim: str, quest: Quest, reached: int) -> int:
        self.progress.look_again(0.5)
        prices, bound = self.family.prove(quest, reached, self.found, self.is_late)
        self.stages.append(Stage(aim, quest, prices, bound))
        return bound

    def raise_floor(self) -> int | None:
        """The highest score that all free pairs can reach without anybody less being matched, and a proof of the next."""
        levels = self.tables.levels
        if not len(levels) or not self.people:
            return None
        low, high = 0, len(levels)
        while high - low > 1 and not self.is_late():
            middle = (low + high) // 2
            self.progress.begin_round()
            found = self.family.choose(Quest(int(levels[middle])))
            if found is not None and self.family.count_people(found) >= self.people:
                low, self.found = middle, found
            else:
                high = middle
        self.prove_floor(high)
        return int(levels[low])

    def prove_floor(self, first: int) -> None:
        """Fewer people than that from the next level on; where prices cannot tell, from the lowest where they can."""
        levels, low, high = self.tables.levels, first, len(self.tables.levels)
        proof: Stage | None = None
        while low < high and not self.is_late():
            middle = low if proof is None and low == first else (low + high) // 2
            quest = Quest(int(levels[middle]))
            if self.prove("floor", quest, self.people - 1) < self.people:
                proof, high = self.stages.pop(), middle
            else:
                self.stages.pop()
                low = middle + 1
        if proof is not None:
            self.stages.append(proof)

    @property
    def worst_possible(self) -> int:
        """The highest floor that the proof leaves open."""
        floors = [stage for stage in self.stages if stage.aim == "floor"]
        levels = self.tables.levels
        if not floors or floors[-1].bound >= self.people:
            return int(levels[-1])
        return max(int(level) for level in levels if level < (floors[-1].quest.floor or 0))

    def find_bound(self) -> dict[str, int] | None:
        """What nobody can do better than; None where that is what was found."""
        matched, total = self.stages[0].bound, self.stages[-1].bound
        bound = {"matched": matched, "total": total}
        reached = {"matched": self.people, "total": self.family.sum_points(self.found)}
        floor = self.stages[-1].quest.floor
        if floor is not None:
            bound["worst"], reached["worst"] = self.worst_possible, floor
        return None if bound == reached else bound

    def name_groups(self) -> list[Group]:
        mentees, mentors = self.tables.mentees, self.tables.mentors
        return [
            Group(
                tuple(sorted(mentees[row].id for row in each.mentees)),
                tuple(sorted(mentors[column].id for column in each.mentors)),
                each.topic,
            )
            for each in self.found
        ]

    def write_certificate(self) -> dict[str, Any]:
        return {
            "input": self.tables.instance.digest,
            "scale": SCALE,
            "stages": [self.write_stage(stage) for stage in self.stages],
        }

    def write_stage(self, stage: Stage) -> dict[str, Any]:
        """A price that is not listed is 0."""
        prices = stage.prices
        about: dict[str, Any] = {"aim": stage.aim, "floor": stage.quest.floor, "each": prices.each}
        for side, people, listed in (
            ("mentees", self.tables.mentees, prices.mentees),
            ("mentors", self.tables.mentors, prices.mentors),
        ):
            named = {person.id: int(price) for person, price in zip(people, listed, strict=True) if price}
            about[side] = dict(sorted(named.items()))
        about["sets"] = [
            [sorted(self.tables.mentees[row].id for row in people), price] for people, price in prices.sets
        ]
        return about
