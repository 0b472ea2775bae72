"""Does an outcome hold? All is recomputed from the instance, in whole numbers, by other code than the solver's.

The proof is linear-programming duality. A stage gives every person a price. If no pair still open is worth more than
the prices of its two people, then no assignment is worth more than all prices together; and this one is worth exactly
that. Pairs worth less than their two prices are in no best assignment, people with a price are in every one: so the
next stage goes on with the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .blocking import find_blocking_pair
from .instance import Instance, Pair, dump
from .objectives import MOST_FLOORS, count_few, find_step
from .outcome import Outcome
from .people import Person
from .reading import At, Fault
from .scoring import BLOCK
from .single_pairs import judge_pairs, score_pairs

Integers = NDArray[np.int64]
LARGEST_PRICE = 2**60
AIMS = {"matched": (), "floor": ("level",), "apart": ("level", "keep"), "total": ()}


class Refuted(Exception):
    """The outcome does not hold, and why."""


@dataclass(frozen=True)
class Stage:
    """A stage of the certificate, read back."""

    aim: str
    keep: bool
    level: int
    mentees: Integers
    mentors: Integers

    def give_points(self, scores: Integers) -> Integers:
        if self.aim == "total":
            return scores
        if self.aim == "matched":
            return np.ones_like(scores)
        return ((scores > self.level) if self.aim == "floor" else (scores >= self.level)).astype(np.int64)

    def find_bound(self, capacity: list[int]) -> int:
        """All prices together: no assignment still in the running counts more."""
        rents = zip(self.mentors.tolist(), capacity, strict=True)
        return sum(self.mentees.tolist()) + sum(rent * places for rent, places in rents)


def check(instance: Instance, outcome: Outcome | Mapping[str, Any], objective: str | None = None) -> list[str]:
    """The reason why the outcome does not hold for the instance; empty when it holds and its proof is complete."""
    instance = replace(instance, objective=objective) if objective else instance
    document = asdict(outcome) if isinstance(outcome, Outcome) else outcome
    try:
        Checking(instance, At(plain(document))).run()
    except (Refuted, Fault) as fault:
        return [str(fault)]
    return []


def plain(value: Any) -> Any:
    """The document with lists for tuples, as JSON would give it back."""
    if isinstance(value, Mapping):
        return {name: plain(entry) for name, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def demand(holds: bool, reason: str) -> None:
    if not holds:
        raise Refuted(reason)


class Checking:
    """One check, step by step."""

    def __init__(self, instance: Instance, at: At) -> None:
        self.instance = instance
        self.at = at.fields(
            *("pairs", "matched", "total", "worst", "proved", "bound"),
            *("objective", "loads", "unmatched", "points", "certificate"),
            needed=["pairs", "matched", "total", "worst", "proved", "certificate"],
        )
        self.pairs: list[Pair] = []
        for entry in at["pairs"].items():
            mentee, mentor = entry.row(2)
            self.pairs.append((mentee.name(), mentor.name()))
        self.mentees = {person.id: person for person in instance.mentees}
        self.mentors = {person.id: person for person in instance.mentors}
        self.taken = Counter(mentor for _, mentor in instance.locked)

    def run(self) -> None:
        certificate = self.at["certificate"].fields("input", "stages", needed=["input", "stages"])
        demand(certificate["input"].value == self.instance.digest, "the outcome belongs to another instance")
        self.check_claim("objective", self.instance.objective)
        self.check_people()
        self.check_rules()
        self.check_figures()
        proved = self.at["proved"].value
        demand(isinstance(proved, bool), "proved is neither true nor false")
        demand(not proved or self.at.get("bound", None).value is None, "what is proved needs no bound")
        if self.instance.objective == "stable":
            demand(proved and not certificate["stages"].items(), "a stable outcome is proved and has no stages")
            pair = find_blocking_pair(self.instance, dict(self.pairs))
            demand(pair is None, f"{pair} would both rather have each other")
        else:
            stages = [self.read_stage(entry) for entry in certificate["stages"].items()]
            (self.check_stages if proved else self.check_bound)(stages)

    def check_claim(self, name: str, found: Any) -> None:
        claimed = self.at.get(name, found).value
        demand(dump(claimed) == dump(found), f"{name}: the outcome says {claimed!r}, but it is {found!r}")

    def check_people(self) -> None:
        for mentee, mentor in self.pairs:
            demand(mentee in self.mentees, f"no mentee has the id {mentee!r}")
            demand(mentor in self.mentors, f"no mentor has the id {mentor!r}")
        twice = [mentee for mentee, times in Counter(mentee for mentee, _ in self.pairs).items() if times > 1]
        demand(not twice, f"matched twice: {twice}")
        for mentor, load in Counter(mentor for _, mentor in self.pairs).items():
            capacity = self.mentors[mentor].capacity
            demand(load <= capacity, f"the mentor {mentor!r} has {capacity} places and {load} mentees")
        for pair in self.instance.locked:
            demand(pair in self.pairs, f"the locked pair {pair} is missing")

    @property
    def people(self) -> list[tuple[Person, Person]]:
        return [(self.mentees[mentee], self.mentors[mentor]) for mentee, mentor in self.pairs]

    def check_rules(self) -> None:
        for pair, broken in zip(self.pairs, judge_pairs(self.instance, self.people), strict=True):
            demand(not broken, f"{pair} breaks a hard rule: {broken}")

    def check_figures(self) -> None:
        points = score_pairs(self.instance, self.people)
        self.scores = {pair: sum(each) for pair, each in zip(self.pairs, points, strict=True)}
        loads = Counter(mentor for _, mentor in self.pairs)
        self.check_claim("points", points)
        self.check_claim("matched", len(self.pairs))
        self.check_claim("total", sum(self.scores.values()))
        self.check_claim("worst", min(self.scores.values(), default=None))
        self.check_claim("loads", {mentor: loads[mentor] for mentor in self.mentors})
        self.check_claim("unmatched", sorted(set(self.mentees) - {mentee for mentee, _ in self.pairs}))

    def read_stage(self, at: At) -> Stage:
        aim = at.fields("aim", "keep", "level", "mentees", "mentors", needed=["aim"])["aim"].choice(*AIMS)
        known = {"aim", "mentees", "mentors", *AIMS[aim]}
        demand(set(at.value) == known, f"{at.path} has not the fields of a stage")
        keep = at.value.get("keep", aim != "floor")
        demand(isinstance(keep, bool), f"{at.path}.keep is neither true nor false")
        return Stage(
            aim=aim,
            keep=keep,
            level=at["level"].whole(-LARGEST_PRICE, LARGEST_PRICE) if "level" in known else 0,
            mentees=self.read_prices(at["mentees"], [person.id for person in self.free_mentees]),
            mentors=self.read_prices(at["mentors"], list(self.mentors)),
        )

    @property
    def free_mentees(self) -> list:
        locked = {mentee for mentee, _ in self.instance.locked}
        return [person for person in self.instance.mentees if person.id not in locked]

    def read_prices(self, at: At, ids: list[str]) -> Integers:
        prices = {id: price.whole(-LARGEST_PRICE, LARGEST_PRICE) for id, price in at.entries()}
        unknown = sorted(set(prices) - set(ids))
        demand(not unknown, f"{at.path} names {unknown}, who are not to be matched")
        return np.array([prices.get(id, 0) for id in ids], dtype=np.int64)

    def check_stages(self, stages: list[Stage]) -> None:
        floors = stages[1:-1]
        demand(
            [stage.aim for stage in stages] == ["matched", *(["floor", "apart"] * (len(floors) // 2)), "total"],
            "the stages are not: matched, floors, total",
        )
        self.scan(stages)
        free = [score for pair, score in self.scores.items() if pair not in self.instance.locked]
        capacity = [mentor.capacity - self.taken[mentor.id] for mentor in self.mentors.values()]
        must = np.zeros(len(self.free_mentees), dtype=bool), np.zeros(len(self.mentors), dtype=bool)
        for stage in stages:
            self.check_prices(stage, must)
            if stage.keep:
                worth = sum(stage.give_points(np.array(free, dtype=np.int64)).tolist())
                price = stage.find_bound(capacity)
                demand(price == worth, f"the {stage.aim}: its prices allow {price}, the outcome reaches {worth}")
                must = must[0] | (stage.mentees > 0), must[1] | (stage.mentors > 0)
        if self.instance.objective == "fair":
            self.check_floors(floors, sorted(free), capacity)
        else:
            demand(not floors, "this objective has no floors")

    def check_bound(self, stages: list[Stage]) -> None:
        """Nothing is proved, but nobody can do better than the bound: no pair is worth more than its prices."""
        demand([stage.aim for stage in stages] == ["matched", "total"], "the stages are not: matched, total")
        stages = [replace(stage, keep=False) for stage in stages]
        self.scan(stages)
        capacity = [mentor.capacity - self.taken[mentor.id] for mentor in self.mentors.values()]
        for stage in stages:
            self.check_prices(stage, (np.zeros(len(stage.mentees), bool), np.zeros(len(stage.mentors), bool)))
        locked = [self.scores[pair] for pair in self.instance.locked]
        matched, total = (stage.find_bound(capacity) for stage in stages)
        self.check_claim("bound", {"matched": matched + len(locked), "total": total + sum(locked)})

    def check_prices(self, stage: Stage, must: tuple[NDArray[np.bool_], NDArray[np.bool_]]) -> None:
        for prices, free in ((stage.mentees, ~must[0]), (stage.mentors, ~must[1])):
            demand(bool((prices[free] >= 0).all()), f"the {stage.aim}: a price below nought")

    def check_floors(self, stages: list[Stage], scores: list[int], capacity: list[int]) -> None:
        """Every floor is reached, people are set aside exactly when they are few, and then the next floor follows."""
        aside, goes_on = 0, bool(scores)
        for number in range(0, len(stages), 2):
            floor, apart = stages[number : number + 2]
            demand(goes_on, "there is a floor too many")
            lowest = scores[aside] if aside < len(scores) else None
            demand(lowest == floor.level, f"a floor is {floor.level}, but the lowest score above the last is {lowest}")
            demand(floor.find_bound(capacity) < len(scores) - aside, f"the floor of {floor.level} can be higher")
            demand(apart.level == find_step(floor.level), "the step above a floor is not a tenth")
            below = len(scores) - apart.find_bound(capacity)
            demand(apart.keep == (below <= count_few(len(scores))), "people are set aside, or not, against the rule")
            goes_on = apart.keep and below < len(scores) and number + 2 < 2 * MOST_FLOORS
            aside = below
        demand(not goes_on, "the floor can be raised again")

    def scan(self, stages: list[Stage]) -> None:
        """Every allowed pair against every stage's prices."""
        mentees, mentors = self.free_mentees, list(self.mentors.values())
        room = np.array([mentor.capacity > self.taken[mentor.id] for mentor in mentors], dtype=bool)
        criteria = [criterion.compare(mentees, mentors) for criterion in self.instance.criteria]
        rules = [rule.compare(mentees, mentors) for rule in self.instance.rules]
        height = max(1, BLOCK // max(1, len(mentors)))
        for start in range(0, len(mentees), height):
            part = slice(start, start + height)
            shape = len(mentees[part]), len(mentors)
            allowed = np.broadcast_to(room, shape)
            for rule in rules:
                allowed = allowed & rule(part)
            scores = np.zeros(shape, dtype=np.int64)
            for criterion in criteria:
                scores += criterion(part)
            self.scan_block(stages, part, scores, allowed)

    def scan_block(self, stages: list[Stage], part: slice, scores: Integers, still_open: NDArray[np.bool_]) -> None:
        step: int | None = None
        for stage in stages:
            if stage.aim == "floor":
                reached = scores >= stage.level
                still_open = still_open & (reached if step is None else reached | (scores < step))
                step = find_step(stage.level)
            slack = stage.mentees[part, None] + stage.mentors - stage.give_points(scores)
            demand(not (still_open & (slack < 0)).any(), f"the {stage.aim}: a pair is worth more than its prices")
            if stage.keep:
                still_open = still_open & (slack == 0)
