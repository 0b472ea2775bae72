"""What no choice of groups can exceed: recomputed from the instance and the prices alone, by code of its own.

A bound needs no trust in whoever found the prices: any prices give one. Take a price off everybody's points for coming
along, let every host do as well as they can alone, and add up all prices: no choice of groups is worth more than that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..instance import Instance
from ..people import Person

SCALE = 10_000
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


class Bounds:
    """Everything that bounds are made of. `people` is how many the outcome matches."""

    def __init__(self, instance: Instance) -> None:
        self.instance, self.model = instance, instance.model
        self.mentees = {person.id: person for person in instance.mentees}
        self.mentors = {person.id: person for person in instance.mentors}
        self.locked = self.list_locked()
        self.people = 0
        self.weigh()

    def list_locked(self) -> set[tuple[str, str]]:
        """Of peers both ways. Who is locked with one of a team is locked with all of it."""
        locked = set(self.instance.locked)
        if self.model.is_pool:
            return locked | {(second, first) for first, second in locked}
        if self.model.kind == "team":
            return {
                (person.id, mentor)
                for mentee, mentor in locked
                for person in self.instance.mentees
                if self.name_team(person) == self.name_team(self.mentees[mentee])
            }
        return locked

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

    def list_topics(self, mentor: Person) -> set[str]:
        said = say_all(mentor, self.model.attribute)
        return said or {topic for each in self.mentees.values() for topic in say_all(each, self.model.attribute)}

    def name_team(self, person: Person) -> Any:
        """The team, or the mentee alone; a mentor without a team is from outside every team."""
        answer = person.values.get(self.model.attribute)
        return ("alone", person.id) if answer is None else answer

    def is_old(self, id: str) -> bool:
        return self.mentors[id].values.get(self.model.attribute) in self.model.among

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
        return stage.each * self.people if stage.aim == "total" else 0

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
            bound -= stage.each * (self.people - 2 * len(pairs))
            return bound + sum(int(self.scores[self.row[one], self.column[other]]) for one, other in pairs) * SCALE
        return bound + 2 * len(pairs) * SCALE


def say_all(person: Person, attribute: str) -> set[str]:
    """Every answer of a person, one or several."""
    answer = person.values.get(attribute)
    if answer is None:
        return set()
    return set(answer) if isinstance(answer, frozenset) else {str(answer)}
