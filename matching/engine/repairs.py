"""What would give a mentee without a mentor one: each repair with what it changes for everybody, found by solving again."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .alternatives import Alternatives
from .criteria import Scores
from .insisting import Change, compare_outcomes, insist
from .instance import MOST_PLACES, Instance, Pair
from .outcome import Outcome, describe_outcome
from .reading import Fault
from .rules import Rule, Within
from .scoring import BLOCK
from .single_pairs import judge_pairs, score_pairs
from .solving import solve

# So many mentors are named who could be asked for one more place.
FEW = 2


@dataclass(frozen=True)
class Repair:
    """One thing to do for a mentee, and the `mentor` they would then have.

    place: `mentor` takes one more. widen: the distance of the rule goes up `to` so many of its units. relax: the rule
    is given up. release: the lock of the pair `locked` is opened. swap: `mentor` takes this mentee, and others give way.
    """

    kind: str
    mentee: str
    mentor: str
    change: Change
    rule: Rule | None = None
    to: int | None = None
    locked: Pair | None = None

    @property
    def others(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """Everybody else who moves: who, from whom, to whom."""
        return tuple(move for move in self.change.moves if move[0] != self.mentee)

    def as_document(self, call: Callable[[str], str] = str) -> dict[str, Any]:
        """`call` turns an id into a name for the words."""
        return {
            "kind": self.kind,
            "mentee": self.mentee,
            "mentor": self.mentor,
            "rule": self.rule and (self.rule.name or self.rule.reason),
            "to": self.to,
            "locked": self.locked and list(self.locked),
            "words": say_repair(self, call),
            "effect": say_effect(self, call),
            "change": self.change.as_document(),
        }


class Repairs:
    """Any number of questions about one outcome by `fair` or `total`."""

    def __init__(self, instance: Instance, outcome: Outcome) -> None:
        if not instance.model.is_pairs:
            raise Fault("model", f"repairs are for pairs, not for the model {instance.model.kind}")
        self.instance, self.outcome = instance, outcome
        self.match = dict(outcome.pairs)
        self.rows = {person.id: row for row, person in enumerate(instance.mentees)}
        self.gaps: dict[int, NDArray[Any]] = {}

    def find(self, mentee_id: str) -> list[Repair]:
        """What would give this mentee a mentor, best for everybody first. Raises Fault for one who has a mentor."""
        if self.instance.find_mentee(mentee_id).id in self.match:
            raise Fault("mentee", f"{mentee_id!r} has a mentor")
        found = [*self.add_places(mentee_id), *self.loosen(mentee_id), *self.release(mentee_id), *self.swap(mentee_id)]
        return sorted(found, key=lambda repair: (-repair.change.matched, len(repair.others), -repair.change.total))

    def add_places(self, mentee_id: str) -> Iterator[Repair]:
        """One more place with the mentors who fit best: nobody else has to move."""
        mentee, mentors = self.instance.find_mentee(mentee_id), self.instance.mentors
        pairs = [(mentee, mentor) for mentor in mentors if mentor.capacity < MOST_PLACES]
        fitting = [both for both, broken in zip(pairs, judge_pairs(self.instance, pairs), strict=True) if not broken]
        scores = [sum(points) for points in score_pairs(self.instance, fitting)]
        order = sorted(range(len(fitting)), key=lambda index: (-scores[index], fitting[index][1].id))
        for _, mentor in (fitting[index] for index in order[:FEW]):
            more = [replace(each, capacity=each.capacity + (each.id == mentor.id)) for each in mentors]
            lock = (*self.instance.locked, (mentee_id, mentor.id))
            yield self.describe("place", mentee_id, replace(self.instance, mentors=tuple(more), locked=lock))

    def loosen(self, mentee_id: str) -> Iterator[Repair]:
        """Each rule that is not firm: the least that it has to give way for nobody to lose their place."""
        for index, rule in enumerate(self.instance.rules):
            needed = None if rule.firm else self.find_way(index, mentee_id)
            if not needed:
                continue
            if isinstance(rule, Within):
                wider = self.change_rule(index, replace(rule, at_most=needed))
                yield self.describe("widen", mentee_id, wider, rule=rule, to=int(needed))
            else:
                yield self.describe("relax", mentee_id, self.change_rule(index), rule=rule)

    def release(self, mentee_id: str) -> Iterator[Repair]:
        """A lock of somebody who could go elsewhere, so that one more person is matched."""
        mentee = self.instance.find_mentee(mentee_id)
        for lock in self.instance.locked:
            if judge_pairs(self.instance, [(mentee, self.instance.find_mentor(lock[1]))])[0]:
                continue
            others = tuple(pair for pair in self.instance.locked if pair != lock)
            after = self.solve_calmly(replace(self.instance, locked=others))
            if mentee_id in dict(after.pairs) and after.matched > self.outcome.matched:
                mentor, change = dict(after.pairs)[mentee_id], compare_outcomes(self.outcome, after)
                yield Repair("release", mentee_id, mentor, change, locked=lock)

    def swap(self, mentee_id: str) -> Iterator[Repair]:
        """The mentor that costs the others least, who are then one fewer or no worse in number."""
        mentor = find_cheapest(self.alternatives, mentee_id)
        if mentor is None:
            return
        try:
            change = insist(self.instance, self.outcome, mentee_id, mentor)
        except Fault:  # every place with this mentor is locked for others
            return
        yield Repair("swap", mentee_id, mentor, change)

    @cached_property
    def alternatives(self) -> Alternatives:
        return Alternatives(self.instance)

    def describe(self, kind: str, mentee_id: str, changed: Instance, **about: Any) -> Repair:
        """Solve again; where somebody else takes the new chance, this mentee takes it instead."""
        after = self.solve_calmly(changed)
        if mentee_id not in dict(after.pairs):
            mentor = find_cheapest(Alternatives(changed), mentee_id)
            after = self.solve_calmly(replace(changed, locked=(*changed.locked, (mentee_id, str(mentor)))))
        return Repair(kind, mentee_id, dict(after.pairs)[mentee_id], compare_outcomes(self.outcome, after), **about)

    def solve_calmly(self, changed: Instance) -> Outcome:
        """The best outcome; among as good as equal ones (a point for each pair), the one in which fewest people move."""
        keep = Scores("", 1, "both", 0, dict.fromkeys(self.outcome.pairs, 1))
        found = solve(replace(changed, criteria=(*changed.criteria, keep)))
        return describe_outcome(changed, list(found.pairs), found.certificate, None)

    def change_rule(self, index: int, *instead: Rule) -> Instance:
        rules = self.instance.rules
        return replace(self.instance, rules=(*rules[:index], *instead, *rules[index + 1 :]))

    def find_way(self, index: int, mentee_id: str) -> float | None:
        """How far one rule has to give way for a chain from this mentee to a free place; None where it does not help.

        The chain's widest gap is made as small as can be (Dijkstra's way, with the maximum for the sum).
        """
        free = {mentor.id: mentor.capacity - self.outcome.loads[mentor.id] for mentor in self.instance.mentors}
        locked = set(self.instance.locked)
        mine: dict[str, list[str]] = {}
        for pair in self.outcome.pairs:
            if pair not in locked:
                mine.setdefault(pair[1], []).append(pair[0])
        gaps = self.measure(index)
        best = gaps[self.rows[mentee_id]].copy()
        heap = [(gap, column) for column, gap in enumerate(best.tolist()) if gap < np.inf]
        heapq.heapify(heap)
        while heap:
            gap, column = heapq.heappop(heap)
            mentor = self.instance.mentors[column]
            if gap > best[column]:
                continue
            if free[mentor.id] > 0:
                return gap
            for other in mine.get(mentor.id, ()):
                wider = np.maximum(gaps[self.rows[other]], gap)
                for place in np.flatnonzero(wider < best).tolist():
                    best[place] = wider[place]
                    heapq.heappush(heap, (float(wider[place]), place))
        return None

    def measure(self, index: int) -> NDArray[Any]:
        """How far this rule has to give way for each pair; infinite where another rule refuses it."""
        if index not in self.gaps:
            people = self.instance.mentees, self.instance.mentors
            others = [rule.compare(*people) for place, rule in enumerate(self.instance.rules) if place != index]
            own = self.instance.rules[index].measure(*people)
            height = max(1, BLOCK // max(1, len(people[1])))
            blocks = []
            for start in range(0, len(people[0]), height):
                part = slice(start, start + height)
                block = own(part)
                for rows in others:
                    block = np.where(rows(part), block, np.inf)
                blocks.append(block)
            self.gaps[index] = np.concatenate(blocks)
        return self.gaps[index]


def find_repairs(instance: Instance, outcome: Outcome, mentee_id: str) -> list[Repair]:
    """What would give this mentee a mentor, best for everybody first; for several mentees, keep one `Repairs`."""
    return Repairs(instance, outcome).find(mentee_id)


def find_cheapest(alternatives: Alternatives, mentee_id: str) -> str | None:
    costs = alternatives.cost_mentors(mentee_id)
    return min(costs, key=lambda id: (costs[id].matched, costs[id].total, id), default=None)


def say_repair(repair: Repair, call: Callable[[str], str] = str) -> str:
    """What to do, in words."""
    mentor, rule = call(repair.mentor), repair.rule
    if repair.kind == "place":
        return f"Ask {mentor} to take one more"
    if repair.kind == "widen" and isinstance(rule, Within):
        return f"Allow {repair.to} {rule.unit} instead of {rule.at_most:g}"
    if repair.kind == "relax" and rule:
        return f"Match people although {rule.reason}"
    if repair.kind == "release" and repair.locked:
        mentee, held = (call(id) for id in repair.locked)
        return f"Unlock {mentee} with {held}"
    return f"Give {call(repair.mentee)} a place with {mentor}"


def say_effect(repair: Repair, call: Callable[[str], str] = str) -> str:
    """What it would change, in words: whom this mentee would have, and what happens to the others."""
    said = [f"{call(repair.mentee)} would have {call(repair.mentor)}"]
    joined = [call(id) for id, before, after in repair.others if before is None and after]
    left = [call(id) for id, before, after in repair.others if before and after is None]
    moved = [id for id, before, after in repair.others if before and after]
    if joined:
        said.append(f"{say_list(joined)} would have a mentor too")
    if moved:
        said.append(
            "1 other person would change mentor" if len(moved) == 1 else f"{len(moved)} others would change mentor"
        )
    if left:
        said.append(f"{say_list(left)} would wait instead")
    return "; ".join(said if len(said) > 1 else [*said, "nobody else would change"])


def say_list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
