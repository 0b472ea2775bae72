"""What may never be: each hard rule looks at one mentee and one mentor and says whether they may be matched.

Where one of the two has not answered, a rule lets the pair pass unless it says `"unanswered": "fail"`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .people import (
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
    """`reason` is said to people, after "because"."""

    reason: str

    def compare(self, mentees: People, mentors: People) -> Rows:
        """A function from rows of mentees to whether each mentor is allowed."""
        raise NotImplementedError


@dataclass(frozen=True)
class Conflict(Rule):
    """These two never."""

    pairs: frozenset[tuple[str, str]]

    def compare(self, mentees: People, mentors: People) -> Rows:
        named = mark_pairs(self.pairs, mentees, mentors)
        return lambda part: ~named[part]


@dataclass(frozen=True)
class Listed(Rule):
    """Only these pairs: explicit scores whose `missing` is "forbidden"."""

    pairs: frozenset[tuple[str, str]]

    def compare(self, mentees: People, mentors: People) -> Rows:
        named = mark_pairs(self.pairs, mentees, mentors)
        return lambda part: named[part]


@dataclass(frozen=True)
class NotOneself(Rule):
    """Where an id on both sides means one person who gives and receives: never with themselves."""

    def compare(self, mentees: People, mentors: People) -> Rows:
        theirs, others = encode_codes([person.id for person in mentees], [person.id for person in mentors])
        return lambda part: theirs[part, None] != others


@dataclass(frozen=True)
class Line(Rule):
    """Never anybody above or below in the line of management."""

    managers: Mapping[str, str]

    def compare(self, mentees: People, mentors: People) -> Rows:
        above = {person.id: set(self.climb(person.id)) for person in (*mentees, *mentors)}
        pairs = {(mentee.id, manager) for mentee in mentees for manager in above[mentee.id]}
        pairs |= {(report, mentor.id) for mentor in mentors for report in above[mentor.id]}
        named = mark_pairs(pairs, mentees, mentors)
        return lambda part: ~named[part]

    def climb(self, person: str) -> list[str]:
        """The managers of a person, nearest first."""
        line: list[str] = []
        while (person := self.managers.get(person, "")) and person not in line:
            line.append(person)
        return line


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


def mark_pairs(pairs: frozenset[tuple[str, str]] | set[tuple[str, str]], mentees: People, mentors: People) -> Allowed:
    rows = {person.id: row for row, person in enumerate(mentees)}
    columns = {person.id: column for column, person in enumerate(mentors)}
    marked = np.zeros((len(mentees), len(mentors)), dtype=bool)
    for mentee, mentor in pairs:
        if mentee in rows and mentor in columns:
            marked[rows[mentee], columns[mentor]] = True
    return marked


def as_set(answer: object) -> frozenset[str] | None:
    return frozenset([answer]) if isinstance(answer, str) else answer  # type: ignore[return-value]
