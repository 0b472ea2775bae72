"""Do groups hold? People, sizes, rules, figures and bounds are recomputed from the instance, by other code than the solver's.

A bound needs no trust in whoever found the prices: any prices give one. Take a price off everybody's points for coming
along, let every host do as well as they can alone, and add up all prices: no choice of groups is worth more than that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..instance import Instance, dump
from ..people import Person
from ..reading import At
from ..single_pairs import judge_pairs
from .outcome import Group, count_loads, list_pairs, list_points

SCALE = 10_000
LARGEST_PRICE = 2**50
FIELDS = (
    *("groups", "pairs", "matched", "total", "worst", "proved", "objective", "model"),
    *("loads", "unmatched", "points", "certificate", "bound"),
)
# Far below everything that counts, with room to add a few of them up.
NOT = -(2**58)


class Refuted(Exception):
    """The groups do not hold, and why."""


def demand(holds: bool, reason: str) -> None:
    if not holds:
        raise Refuted(reason)


@dataclass(frozen=True)
class Stage:
    """A stage of the certificate, read back. Prices are in ten-thousandths of a point."""

    aim: str
    floor: int | None
    each: int
    mentees: Mapping[str, int]
    mentors: Mapping[str, int]
    sets: list[tuple[frozenset[str], int]]


class GroupChecking:
    """One check, step by step. Raises Refuted or Fault."""

    def __init__(self, instance: Instance, at: At) -> None:
        self.instance, self.model = instance, instance.model
        self.at = at.fields(*FIELDS, needed=[name for name in FIELDS if name != "bound"])
        self.mentees = {person.id: person for person in instance.mentees}
        self.mentors = {person.id: person for person in instance.mentors}
        self.groups = tuple(self.read_group(entry) for entry in at["groups"].items())
        self.locked = set(instance.locked)
        if self.model.is_pool:
            self.locked |= {(second, first) for first, second in instance.locked}
        if self.model.kind == "team":  # who is locked with one of a team is locked with all of it
            self.locked = {
                (person.id, mentor)
                for mentee, mentor in instance.locked
                for person in instance.mentees
                if self.name_team(person) == self.name_team(self.mentees[mentee])
            }

    def read_group(self, at: At) -> Group:
        at.fields("mentees", "mentors", "topic", needed=["mentees", "mentors", "topic"])
        mentees, mentors = (tuple(entry.name() for entry in at[side].items()) for side in ("mentees", "mentors"))
        for ids, known, role in ((mentees, self.mentees, "mentee"), (mentors, self.mentors, "mentor")):
            demand(list(ids) == sorted(set(ids)), f"{at.path} names somebody twice, or not in order")
            demand(set(ids) <= set(known), f"{at.path} names a {role} who is not there")
        return Group(mentees, mentors, at["topic"].text())

    def run(self) -> None:
        certificate = self.at["certificate"].fields("input", "scale", "stages", needed=["input", "scale", "stages"])
        demand(certificate["input"].value == self.instance.digest, "the outcome belongs to another instance")
        demand(certificate["scale"].value == SCALE, f"prices are in parts of {SCALE}")
        self.check_claim("objective", self.instance.objective)
        self.check_claim("model", self.model.kind)
        self.check_people()
        {"group": self.check_circles, "circle": self.check_circles, "team": self.check_teams,
         "two-by-two": self.check_foursomes, "peers": self.check_peers}[self.model.kind]()  # fmt: skip
        self.check_figures()
        self.weigh()
        self.check_bounds([self.read_stage(entry) for entry in certificate["stages"].items()])

    def check_claim(self, name: str, found: Any) -> None:
        claimed = self.at.get(name, None).value
        demand(dump(claimed) == dump(found), f"{name}: the outcome says {claimed!r}, but it is {found!r}")

    def check_people(self) -> None:
        times = Counter(id for group in self.groups for id in group.mentees)
        demand(all(count == 1 for count in times.values()), "somebody is in two groups")
        demand(
            list(self.groups) == sorted(self.groups, key=lambda each: (each.mentees, each.mentors)),
            "groups out of order",
        )
        self.pairs = list_pairs(self.groups)
        self.people = [(self.mentees[one], self.mentors[other]) for one, other in self.pairs]
        ways = [self.people, [(other, one) for one, other in self.people]] if self.model.is_pool else [self.people]
        for way in ways:
            for pair, broken in zip(self.pairs, judge_pairs(self.instance, way), strict=True):
                demand(not broken, f"{pair} breaks a hard rule: {broken}")
        for one, other in self.instance.locked:
            together = [each for each in self.groups if one in each.mentees and other in (*each.mentors, *each.mentees)]
            demand(bool(together), f"the locked pair {(one, other)} is missing")

    def check_loads(self, size: Callable[[Group], int]) -> None:
        loads: Counter[str] = Counter()
        for group in self.groups:
            for mentor in group.mentors:
                loads[mentor] += size(group)
        for mentor, load in loads.items():
            demand(load <= self.mentors[mentor].capacity, f"the mentor {mentor!r} has too few places for {load}")

    def check_circles(self) -> None:
        hosts = [group.mentors for group in self.groups]
        demand(
            all(len(host) == 1 for host in hosts) and len(set(hosts)) == len(hosts), "a group has one mentor of its own"
        )
        self.check_loads(lambda group: len(group.mentees))
        for group in self.groups:
            demand(
                self.model.least <= len(group.mentees) <= self.model.most,
                f"{group.mentors} has a group of the wrong size",
            )
            if self.model.attribute:
                demand(
                    group.topic in self.list_topics(self.mentors[group.mentors[0]]),
                    f"{group.topic!r} is not a topic here",
                )
                demand(all(group.topic in say_all(self.mentees[id], self.model.attribute) for id in group.mentees),
                       f"not everybody with {group.mentors} shares {group.topic!r}")  # fmt: skip
            else:
                demand(not group.topic, "a topic that nobody asked for")

    def list_topics(self, mentor: Person) -> set[str]:
        said = say_all(mentor, self.model.attribute)
        return said or {topic for each in self.mentees.values() for topic in say_all(each, self.model.attribute)}

    def name_team(self, person: Person) -> Any:
        """The team, or the mentee alone; a mentor without a team is from outside every team."""
        answer = person.values.get(self.model.attribute)
        return ("alone", person.id) if answer is None else answer

    def check_teams(self) -> None:
        self.check_loads(lambda group: 1)
        for group in self.groups:
            names = {self.name_team(self.mentees[id]) for id in group.mentees}
            demand(len(names) == 1, f"{group.mentees} are not one team")
            whole = {person.id for person in self.mentees.values() if self.name_team(person) in names}
            demand(whole == set(group.mentees), f"{group.mentees} are not the whole team")
            demand(
                self.model.least <= len(group.mentors) <= self.model.most,
                f"{group.mentees} have the wrong number of mentors",
            )
            inside = [id for id in group.mentors if self.mentors[id].values.get(self.model.attribute) in names]
            demand(not inside, f"{inside} are of the team themselves")
            demand(not group.topic, "a topic that nobody asked for")

    def is_old(self, id: str) -> bool:
        return self.mentors[id].values.get(self.model.attribute) in self.model.among

    def check_foursomes(self) -> None:
        self.check_loads(lambda group: 1)
        for group in self.groups:
            demand(len(group.mentees) == 2 == len(group.mentors), f"{group.mentees} are not two by two")
            demand(
                {self.is_old(id) for id in group.mentors} == {True, False},
                f"{group.mentors} are not new beside experienced",
            )
            demand(not group.topic, "a topic that nobody asked for")

    def check_peers(self) -> None:
        for group in self.groups:
            demand(len(group.mentees) == 2 and not group.mentors, f"{group.mentees} are not a pair")
            demand(not group.topic, "a topic that nobody asked for")

    def check_figures(self) -> None:
        points = list_points(self.instance, self.pairs)
        scores = [sum(each) for each in points]
        matched = {id for group in self.groups for id in group.mentees}
        self.free = [score for pair, score in zip(self.pairs, scores, strict=True) if pair not in self.locked]
        self.matched, self.total = len(matched), sum(scores)
        self.check_claim("pairs", [list(pair) for pair in self.pairs])
        self.check_claim("points", points)
        self.check_claim("matched", self.matched)
        self.check_claim("total", self.total)
        self.check_claim("worst", min(scores, default=None))
        self.check_claim("loads", count_loads(self.instance, self.groups))
        self.check_claim("unmatched", sorted(set(self.mentees) - matched))

    def weigh(self) -> None:
        """Scores of all pairs, and NOT for those who may not be together at all."""
        people = self.instance.mentees, self.instance.mentors
        everybody = slice(0, len(people[0]))
        self.scores = sum(
            (criterion.compare(*people)(everybody) for criterion in self.instance.criteria),
            start=np.zeros((len(people[0]), len(people[1])), dtype=np.int64),
        )
        allowed = np.broadcast_to(
            np.array([person.capacity > 0 for person in people[1]], dtype=bool), self.scores.shape
        )
        for rule in self.instance.rules:
            allowed = allowed & rule.compare(*people)(everybody)
        if self.model.is_pool:
            self.scores, allowed = self.scores + self.scores.T, allowed & allowed.T
        self.allowed = allowed
        self.row = {person.id: index for index, person in enumerate(people[0])}
        self.column = {person.id: index for index, person in enumerate(people[1])}

    def read_stage(self, at: At) -> Stage:
        fields = ("aim", "floor", "each", "mentees", "mentors", "sets")
        at.fields(*fields, needed=fields)
        sets = []
        for entry in at["sets"].items():
            people, price = entry.row(2)
            sets.append((frozenset(each.name() for each in people.items()), price.whole(0, LARGEST_PRICE)))
        return Stage(
            aim=at["aim"].choice("matched", "floor", "total"),
            floor=None if at["floor"].value is None else at["floor"].whole(-LARGEST_PRICE, LARGEST_PRICE),
            each=at["each"].whole(0, LARGEST_PRICE),
            mentees=self.read_prices(at["mentees"], self.mentees),
            mentors=self.read_prices(at["mentors"], self.mentors),
            sets=sets,
        )

    def read_prices(self, at: At, people: Mapping[str, Person]) -> dict[str, int]:
        """Nobody has a price below nought, but a mentee of a foursome who is locked: they are in every choice."""
        prices = {id: price.whole(-LARGEST_PRICE, LARGEST_PRICE) for id, price in at.entries()}
        held = {mentee for mentee, _ in self.instance.locked} if self.model.kind == "two-by-two" else set()
        demand(set(prices) <= set(people), f"{at.path} names somebody who is not there")
        demand(all(price >= 0 or id in held for id, price in prices.items()), f"{at.path}: a price below nought")
        return prices

    def check_bounds(self, stages: list[Stage]) -> None:
        aims = [stage.aim for stage in stages]
        fair = self.instance.objective == "fair"
        demand(aims == ["matched", "total"] or (fair and aims == ["matched", "floor", "total"]),
               "the stages are not: matched, floor, total")  # fmt: skip
        first, last = stages[0], stages[-1]
        demand(first.floor is None and first.each == 0, "the first stage is about people")
        bound = {"matched": self.find_bound(first), "total": self.find_bound(last)}
        reached = {"matched": self.matched, "total": self.total}
        levels = self.list_levels()
        if fair and levels and self.matched:
            demand(last.floor is not None and all(score >= last.floor for score in self.free), "the floor is not kept")
            bound["worst"], reached["worst"] = self.bound_floor(stages[1:-1], levels), last.floor  # type: ignore[assignment]
        else:
            demand(last.floor is None and len(stages) == 2, "there is nothing to have a floor under")
        proved = bound == reached
        self.check_claim("proved", proved)
        self.check_claim("bound", None if proved else bound)

    def bound_floor(self, stages: list[Stage], levels: list[int]) -> int:
        """The highest floor that the proof leaves open: the last below one that fewer people than these could keep."""
        if not stages:
            return levels[-1]
        (stage,) = stages
        demand(stage.floor is not None and stage.each == 0, "the second stage is about people above a floor")
        if self.find_bound(stage) >= self.matched:
            return levels[-1]
        below = [level for level in levels if level < stage.floor]  # type: ignore[operator]
        demand(bool(below), "a floor below everything")
        return below[-1]

    def list_levels(self) -> list[int]:
        """The scores at which a floor can lie: those of all pairs that may be, but for locked ones."""
        return [int(level) for level in np.unique(self.scores[self.allowed & ~self.held])]

    @property
    def held(self) -> NDArray[np.bool_]:
        """Where two are locked together."""
        held = np.zeros(self.scores.shape, dtype=bool)
        for one, other in self.locked:
            held[self.row[one], self.column[other]] = True
        return held

    def find_bound(self, stage: Stage) -> int:
        """What no choice of groups can exceed, in people or in points: from the prices alone."""
        open_ = self.allowed if stage.floor is None else self.allowed & ((self.scores >= stage.floor) | self.held)
        bound = {"group": self.bound_circles, "circle": self.bound_circles, "team": self.bound_teams,
                 "two-by-two": self.bound_foursomes, "peers": self.bound_peers}[self.model.kind]  # fmt: skip
        return bound(stage, open_) // SCALE

    def bound_circles(self, stage: Stage, open_: NDArray[np.bool_]) -> int:
        bound = sum(stage.mentees.values())
        for mentor in self.instance.mentors:
            held = {mentee for mentee, other in self.locked if other == mentor.id}
            topics = sorted(self.list_topics(mentor)) if self.model.attribute else [None]
            most = min(self.model.most, mentor.capacity)
            companies = [
                self.best_company(stage, self.list_gains(stage, open_, mentor, topic), held, most) for topic in topics
            ]
            bound += max([*companies, *([] if held else [0])], default=0)
        return bound - self.charge(stage)

    def list_gains(self, stage: Stage, open_: NDArray[np.bool_], mentor: Person, topic: str | None) -> dict[str, int]:
        """What each mentee who may come to this mentor brings, less their price."""
        column = self.column[mentor.id]
        taken = {mentee for mentee, other in self.locked if other != mentor.id}
        gains = {}
        for mentee in self.instance.mentees:
            row = self.row[mentee.id]
            fits = topic is None or topic in say_all(mentee, self.model.attribute)
            if open_[row, column] and fits and mentee.id not in taken:
                points = SCALE if stage.aim != "total" else int(self.scores[row, column]) * SCALE + stage.each
                gains[mentee.id] = points - stage.mentees.get(mentee.id, 0)
        return gains

    def best_company(self, stage: Stage, gains: dict[str, int], held: set[str], most: int) -> int:
        """The best sum of so many gains, everybody who is held among them."""
        if not held <= set(gains):
            return NOT
        must = sum(gains[id] for id in held)
        others = sorted((gain for id, gain in gains.items() if id not in held), reverse=True)
        least = max(0, self.model.least - len(held))
        sizes = range(least, min(most - len(held), len(others)) + 1)
        return max((must + sum(others[:size]) for size in sizes), default=NOT)

    def bound_teams(self, stage: Stage, open_: NDArray[np.bool_]) -> int:
        bound = sum(price * self.mentors[id].capacity for id, price in stage.mentors.items())
        teams: dict[Any, list[str]] = {}
        for mentee in self.instance.mentees:
            teams.setdefault(self.name_team(mentee), []).append(mentee.id)
        for name, members in teams.items():
            rows = [self.row[id] for id in members]
            held = {mentor for mentee, mentor in self.locked if mentee in members}
            gains = {}
            for mentor in self.instance.mentors:
                column = self.column[mentor.id]
                fits = self.allowed[rows, column].all() and mentor.values.get(self.model.attribute) != name
                if fits and (mentor.id in held or open_[rows, column].all()):
                    points = int(self.scores[rows, column].sum()) * SCALE if stage.aim == "total" else 0
                    gains[mentor.id] = points - stage.mentors.get(mentor.id, 0)
            opening = len(members) * (stage.each if stage.aim == "total" else SCALE)
            best = self.best_company(stage, gains, held, self.model.most) + opening
            bound += best if held else max(0, best)
        return bound - self.charge(stage)

    def charge(self, stage: Stage) -> int:
        return stage.each * self.matched if stage.aim == "total" else 0

    def bound_foursomes(self, stage: Stage, open_: NDArray[np.bool_]) -> int:
        """For every experienced mentor the best with each new one: two mentees who bring most beyond their prices."""
        old = [person.id for person in self.instance.mentors if self.is_old(person.id)]
        new = [person.id for person in self.instance.mentors if not self.is_old(person.id)]
        prices = np.array([stage.mentees.get(person.id, 0) for person in self.instance.mentees], dtype=np.int64)
        sides = {id: self.list_points(stage, open_, id, old if id in old else new) for id in (*old, *new)}
        bound = int(prices.sum()) + sum(stage.mentors.get(id, 0) * self.mentors[id].capacity for id in new)
        once = stage.each if stage.aim == "total" else SCALE
        for mentor in old:
            best = 0
            for other in new:
                gains = np.sort(sides[mentor] + sides[other] + once - prices)[-2:]
                if len(gains) == 2:
                    best = max(best, int(gains.sum()) - stage.mentors.get(other, 0))
            bound += best * self.mentors[mentor].capacity
        return bound - self.charge(stage)

    def list_points(self, stage: Stage, open_: NDArray[np.bool_], mentor: str, same: list[str]) -> NDArray[np.int64]:
        """What every mentee's pair with a mentor counts. Who is locked with another of the same kind is not for this one."""
        column = self.column[mentor]
        counted = self.scores[:, column] * SCALE if stage.aim == "total" else np.zeros(len(self.scores), dtype=np.int64)
        elsewhere = {mentee for mentee, other in self.locked if other in same and other != mentor}
        free = np.array([person.id not in elsewhere for person in self.instance.mentees], dtype=bool)
        return np.where(open_[:, column] & free, counted, NOT // 32)

    def bound_peers(self, stage: Stage, open_: NDArray[np.bool_]) -> int:
        settled = {id for pair in self.locked for id in pair}
        people = [person.id for person in self.instance.mentees if person.id not in settled]
        for members, _ in stage.sets:
            demand(len(members) % 2 == 1 and members <= set(people), "a set of people that is not odd")
        bound = sum(stage.mentees.get(id, 0) for id in people)
        bound += sum(price * (len(members) // 2) for members, price in stage.sets)
        rows = [self.row[id] for id in people]
        counted = self.scores[np.ix_(rows, rows)] * SCALE + 2 * stage.each if stage.aim == "total" else 2 * SCALE
        paid = np.array([stage.mentees.get(id, 0) for id in people], dtype=np.int64)
        over = counted - paid[:, None] - paid
        for members, price in stage.sets:
            within = np.array([id in members for id in people], dtype=bool)
            over = over - price * (within[:, None] & within)
        over = np.where(np.triu(open_[np.ix_(rows, rows)], 1), over, 0)
        bound += int(np.maximum(over, 0).max(axis=1, initial=0).sum())
        pairs = self.instance.locked
        if stage.aim == "total":
            bound -= stage.each * (self.matched - 2 * len(pairs))
            return bound + sum(int(self.scores[self.row[one], self.column[other]]) for one, other in pairs) * SCALE
        return bound + 2 * len(pairs) * SCALE


def say_all(person: Person, attribute: str) -> set[str]:
    """Every answer of a person, one or several."""
    answer = person.values.get(attribute)
    if answer is None:
        return set()
    return set(answer) if isinstance(answer, frozenset) else {str(answer)}


def check_groups(instance: Instance, at: At) -> None:
    """Raises Refuted or Fault where an outcome does not hold for the instance."""
    GroupChecking(instance, at).run()
