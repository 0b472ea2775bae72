"""Do groups hold? People, sizes, rules, figures and bounds are recomputed from the instance, by other code than the solver's.

The bounds are in bounds.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from ..instance import Instance, dump
from ..people import Person
from ..reading import At
from ..single_pairs import judge_pairs
from .bounds import SCALE, Bounds, Stage, demand, say_all
from .outcome import Group, count_loads, list_pairs, list_points

LARGEST_PRICE = 2**50
FIELDS = (
    *("groups", "pairs", "matched", "total", "worst", "proved", "objective", "model"),
    *("loads", "unmatched", "points", "certificate", "bound"),
)


class GroupChecking:
    """One check, step by step. Raises Refuted or Fault."""

    def __init__(self, instance: Instance, at: At) -> None:
        self.instance, self.model = instance, instance.model
        self.at = at.fields(*FIELDS, needed=[name for name in FIELDS if name != "bound"])
        self.bounds = Bounds(instance)
        self.mentees, self.mentors, self.locked = self.bounds.mentees, self.bounds.mentors, self.bounds.locked
        self.groups = tuple(self.read_group(entry) for entry in at["groups"].items())

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
        self.bounds.people = self.matched
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
                    group.topic in self.bounds.list_topics(self.mentors[group.mentors[0]]),
                    f"{group.topic!r} is not a topic here",
                )
                demand(all(group.topic in say_all(self.mentees[id], self.model.attribute) for id in group.mentees),
                       f"not everybody with {group.mentors} shares {group.topic!r}")  # fmt: skip
            else:
                demand(not group.topic, "a topic that nobody asked for")

    def check_teams(self) -> None:
        self.check_loads(lambda group: 1)
        for group in self.groups:
            names = {self.bounds.name_team(self.mentees[id]) for id in group.mentees}
            demand(len(names) == 1, f"{group.mentees} are not one team")
            whole = {person.id for person in self.mentees.values() if self.bounds.name_team(person) in names}
            demand(whole == set(group.mentees), f"{group.mentees} are not the whole team")
            demand(
                self.model.least <= len(group.mentors) <= self.model.most,
                f"{group.mentees} have the wrong number of mentors",
            )
            inside = [id for id in group.mentors if self.mentors[id].values.get(self.model.attribute) in names]
            demand(not inside, f"{inside} are of the team themselves")
            demand(not group.topic, "a topic that nobody asked for")

    def check_foursomes(self) -> None:
        self.check_loads(lambda group: 1)
        for group in self.groups:
            demand(len(group.mentees) == 2 == len(group.mentors), f"{group.mentees} are not two by two")
            demand(
                {self.bounds.is_old(id) for id in group.mentors} == {True, False},
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
        bound = {"matched": self.bounds.find_bound(first), "total": self.bounds.find_bound(last)}
        reached = {"matched": self.matched, "total": self.total}
        levels = self.bounds.list_levels()
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
        if self.bounds.find_bound(stage) >= self.matched:
            return levels[-1]
        below = [level for level in levels if level < stage.floor]  # type: ignore[operator]
        demand(bool(below), "a floor below everything")
        return below[-1]


def check_groups(instance: Instance, at: At) -> None:
    """Raises Refuted or Fault where an outcome does not hold for the instance."""
    GroupChecking(instance, at).run()
