"""What may never be: each hard rule looks at one mentee and one mentor and says whether they may be matched.

Where one of the two has not answered, a rule lets the pair pass unless it says `"unanswered": "fail"`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .people import (
    Named,
    People,
    encode_codes,
    encode_numbers,
    encode_places,
    encode_sets,
    list_answers,
    measure_distances,
)

Allowed = NDArray[np.bool_]
Rows = Callable[[slice], Allowed]


@dataclass(frozen=True)
class Rule:
    """`reason` is said to people, after "because"; `name` is for the author. Nobody is asked to give up a `firm` rule."""

    reason: str
    name: str = field(default="", kw_only=True)
    firm: bool = field(default=False, kw_only=True)

    def compare(self, mentees: People, mentors: People) -> Rows:
        """A function from rows of mentees to whether each mentor is allowed."""
        raise NotImplementedError

    def measure(self, mentees: People, mentors: People) -> Callable[[slice], NDArray[Any]]:
        """A function from rows of mentees to how far the rule has to give way to each mentor: 0 where it need not."""
        allowed = self.compare(mentees, mentors)
        return lambda part: np.where(allowed(part), 0.0, 1.0)


@dataclass(frozen=True)
class NamedPairs(Rule):
    """A rule that names the pairs it refuses (or, where `only` is set, the pairs it does not refuse)."""

    firm: bool = field(default=True, kw_only=True)

    only: ClassVar[bool] = False

    def list_pairs(self, mentees: People, mentors: People) -> Iterable[tuple[str, str]]:
        raise NotImplementedError

    def find_named(self, mentees: People, mentors: People) -> Named:
        return Named.find(dict.fromkeys(self.list_pairs(mentees, mentors), 1), mentees, mentors)

    def compare(self, mentees: People, mentors: People) -> Rows:
        named = self.find_named(mentees, mentors)
        return lambda part: (named.spread(part, (len(mentees[part]), len(mentors))) > 0) == self.only


@dataclass(frozen=True)
class Conflict(NamedPairs):
    """These two never."""

    pairs: frozenset[tuple[str, str]]

    def list_pairs(self, mentees: People, mentors: People) -> Iterable[tuple[str, str]]:
        return self.pairs


@dataclass(frozen=True)
class Listed(Conflict):
    """Only these pairs: explicit scores whose `missing` is "forbidden"."""

    only: ClassVar[bool] = True


@dataclass(frozen=True)
class NotOneself(NamedPairs):
    """Where an id on both sides means one person who gives and receives: never with themselves."""

    def list_pairs(self, mentees: People, mentors: People) -> Iterable[tuple[str, str]]:
        return [(person.id, person.id) for person in mentees]


@dataclass(frozen=True)
class Line(NamedPairs):
    """Never anybody above or below in the line of management."""

    managers: Mapping[str, str]

    def list_pairs(self, mentees: People, mentors: People) -> Iterable[tuple[str, str]]:
        above = {(mentee.id, manager) for mentee in mentees for manager in self.climb(mentee.id)}
        below = {(report, mentor.id) for mentor in mentors for report in self.climb(mentor.id)}
        return above | below

    def climb(self, person: str) -> list[str]:
        """The managers of a person, nearest first."""
        line: list[str] = []
        while (person := self.managers.get(person, "")) and person not in line:
            line.append(person)
        return line


@dataclass(frozen=True)
class Earlier(NamedPairs):
    """Partners of an earlier time, whoever was the mentor then: only where both name the other under `again`."""

    pairs: frozenset[tuple[str, str]]
    again: str
    firm: bool = field(default=False, kw_only=True)

    def list_pairs(self, mentees: People, mentors: People) -> Iterable[tuple[str, str]]:
        wanted = {
            side: {(one.id, other) for one in people for other in one.values.get(self.again) or ()}
            for side, people in (("mentee", mentees), ("mentor", mentors))
        }
        met = self.pairs | {(second, first) for first, second in self.pairs}
        return [pair for pair in met if pair not in wanted["mentee"] or pair[::-1] not in wanted["mentor"]]


@dataclass(frozen=True)
class Eligible(Rule):
    """Only people on one side whose answer is among `among` (trained, cleared, past the training)."""

    who: str
    attribute: str
    among: frozenset[str]
    unanswered: bool = False

    def compare(self, mentees: People, mentors: People) -> Rows:
        people = mentees if self.who == "mentee" else mentors
        passed = np.array([self.admits(person.values.get(self.attribute)) for person in people], dtype=bool)
        if self.who == "mentee":
            return lambda part: np.broadcast_to(passed[part, None], (len(passed[part]), len(mentors)))
        return lambda part: np.broadcast_to(passed, (len(mentees[part]), len(mentors)))

    def admits(self, answer: object) -> bool:
        if answer is None:
            return self.unanswered
        return bool(self.among & answer) if isinstance(answer, frozenset) else answer in self.among


@dataclass(frozen=True)
class Between(Rule):
    """A rule that reads one attribute of the mentee and one of the mentor."""

    mentee: str
    mentor: str
    unanswered: bool

    def list_columns(self, mentees: People, mentors: People) -> tuple[list, list]:
        return list_answers(mentees, self.mentee), list_answers(mentors, self.mentor)


@dataclass(frozen=True)
class MustBeSame(Between):
    """Both gave the same answer (format, language, campus)."""

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = encode_codes(*self.list_columns(mentees, mentors))
        return lambda part: np.where(
            (theirs[part, None] < 0) | (others < 0), self.unanswered, theirs[part, None] == others
        )


@dataclass(frozen=True)
class MustDiffer(Between):
    """They gave different answers (team, employer)."""

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = encode_codes(*self.list_columns(mentees, mentors))
        return lambda part: np.where(
            (theirs[part, None] < 0) | (others < 0), self.unanswered, theirs[part, None] != others
        )


@dataclass(frozen=True)
class MustOverlap(Between):
    """They share at least so many items (availability, format)."""

    at_least: int

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = encode_sets(*self.list_columns(mentees, mentors))
        silent = theirs.sum(axis=1) == 0, others.sum(axis=1) == 0
        return lambda part: np.where(
            silent[0][part, None] | silent[1], self.unanswered, theirs[part] @ others.T >= self.at_least
        )


@dataclass(frozen=True)
class Wish(Between):
    """Where one side chose (a woman, somebody in Leeds), the other's answer is among what they chose.

    `by` says whose wish it is. No wish, no rule; a wish with no answer to it fails unless `unanswered` is set.
    """

    by: str
    firm: bool = field(default=True, kw_only=True)

    def compare(self, mentees: People, mentors: People) -> Rows:
        mentee, mentor = ([as_set(answer) for answer in column] for column in self.list_columns(mentees, mentors))
        theirs, others = encode_sets(mentee, mentor)
        wishes, answers = (theirs, others) if self.by == "mentee" else (others, theirs)
        free, silent = wishes.sum(axis=1) == 0, answers.sum(axis=1) == 0
        if self.by == "mentee":
            return lambda part: (theirs[part] @ others.T > 0) | free[part, None] | (silent & self.unanswered)
        return lambda part: (theirs[part] @ others.T > 0) | free | (silent[part, None] & self.unanswered)


@dataclass(frozen=True)
class Within(Between):
    """No further apart than this, in whole miles or kilometres."""

    at_most: float
    unit: str

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = (encode_places(column) for column in self.list_columns(mentees, mentors))

        def judge(part: slice) -> Allowed:
            distance = measure_distances(theirs[part], others, self.unit)
            return np.where(np.isnan(distance), self.unanswered, distance <= self.at_most)

        return judge

    def measure(self, mentees: People, mentors: People) -> Callable[[slice], NDArray[Any]]:
        """0 where it need not give way, else the distance; infinite where an unknown place must not pass."""
        theirs, others = (encode_places(column) for column in self.list_columns(mentees, mentors))

        def judge(part: slice) -> NDArray[Any]:
            distance = measure_distances(theirs[part], others, self.unit)
            unknown = 0.0 if self.unanswered else np.inf
            return np.where(np.isnan(distance), unknown, np.where(distance <= self.at_most, 0.0, distance))

        return judge


@dataclass(frozen=True)
class Ahead(Between):
    """The mentor is at least `lowest` and at most `highest` steps (years, grades) ahead."""

    lowest: float
    highest: float

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = (encode_numbers(column) for column in self.list_columns(mentees, mentors))

        def judge(part: slice) -> Allowed:
            gap = others - theirs[part, None]
            return np.where(np.isnan(gap), self.unanswered, (self.lowest <= gap) & (gap <= self.highest))

        return judge


def as_set(answer: object) -> frozenset[str] | None:
    return frozenset([answer]) if isinstance(answer, str) else answer  # type: ignore[return-value]
