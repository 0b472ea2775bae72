"""Scores and refusals as one matrix product, so that 10^8 pairs take a fraction of a second.

Answers become columns of whole numbers on both sides whose product is the score. Partial sums stay below 2^24 (2^53 for
large scores), so that single (double) precision is exact, whatever the machine and the number of threads. A refusal is a
number so far below nought that no score makes up for it: an allowed pair never meets one.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .criteria import Comparison, Criterion, Overlap, SharedWords
from .criteria import NamedPairs as NamedCriterion
from .people import Named, People, Person, list_answers
from .rules import Between, Eligible, Rule
from .rules import NamedPairs as NamedRule

# An attribute with more different answers than this on both sides is compared row by row instead.
MOST_ANSWERS = 256
LARGEST_TABLE = 1 << 20
SINGLE = 2**20

Part = slice | NDArray[np.int64]


class Factors:
    """`left[part] @ right.T`, with what does not factor added block by block."""

    def __init__(self, criteria: Sequence[Criterion], rules: Sequence[Rule], mentees: People, mentors: People) -> None:
        self.mentees, self.mentors = mentees, mentors
        self.largest = sum(criterion.largest for criterion in criteria)
        exact = self.largest < SINGLE
        self.kind = np.dtype(np.float32 if exact else np.float64)
        self.refusal = 2**26 if exact else 2**52
        self.sides = np.zeros(len(mentees)), np.array([-self.refusal * (person.capacity == 0) for person in mentors])
        self.columns: list[tuple[NDArray[Any], NDArray[Any]]] = []
        self.named: list[Named] = []
        self.slow: list[Any] = []
        for group in self.group(criteria, rules).values():
            self.add_group(group)
        self.left, self.right = self.join()

    @property
    def lowest(self) -> float:
        """Whatever is below is refused."""
        return -self.refusal / 2

    def can_charge(self, largest: int) -> bool:
        """Whether prices up to this size can be taken off without a loss of exactness."""
        exact = 2**53 if self.kind == np.float64 else 2**24
        return 4 * (largest + self.largest) < min(exact, self.refusal // 4)

    def charge(self, prices: NDArray[np.int64]) -> Factors:
        """The same scores less the mentors' prices."""
        charged = copy(self)
        charged.right = self.right.copy()
        charged.right[:, 0] -= prices
        return charged

    def compute(self, part: Part, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """The scores of these mentees (rows that follow each other, or any in order) with every mentor."""
        left = self.left[part]
        block = np.matmul(left, self.right.T, out=None if out is None else out[: len(left)])
        for rows in self.slow:
            block += rows(part) if isinstance(part, slice) else np.concatenate([rows(run) for run in list_runs(part)])
        for named in self.named:
            named.add_to(block, part)
        return block

    def compute_columns(self, columns: NDArray[np.int64]) -> NDArray[Any]:
        """The scores of every mentee with these mentors."""
        block = self.left @ self.right[columns].T
        if self.slow:
            everyone = slice(0, len(self.mentees))
            block += sum(rows(everyone)[:, columns] for rows in self.slow)
        for named in self.named:
            for place, column in enumerate(columns):
                here = named.columns == column
                block[named.rows[here], place] += named.numbers[here]
        return block

    def group(self, criteria: Sequence[Criterion], rules: Sequence[Rule]) -> dict[Hashable, list[Criterion | Rule]]:
        """Those that read the same two attributes share their columns."""
        groups: dict[Hashable, list[Criterion | Rule]] = {}
        every: list[Criterion | Rule] = [*criteria, *rules]
        for entry in every:
            key: Hashable = (entry.mentee, entry.mentor) if isinstance(entry, (Comparison, Between)) else id(entry)
            groups.setdefault(key, []).append(entry)
        return groups

    def add_group(self, group: list[Criterion | Rule]) -> None:
        first = group[0]
        if isinstance(first, Eligible):
            self.add_side(first)
        elif isinstance(first, NamedCriterion):
            self.sides[1][:] += first.missing * first.weight
            self.named.append(first.find_named(self.mentees, self.mentors))
        elif isinstance(first, NamedRule) and not first.only:
            named = first.find_named(self.mentees, self.mentors)
            self.named.append(Named(named.rows, named.columns, -self.refusal * named.numbers))
        elif isinstance(first, (Comparison, Between)) and self.add_table(first, group):
            return
        else:
            for entry in group:
                self.add_alone(entry)

    def add_side(self, rule: Eligible) -> None:
        side = 0 if rule.who == "mentee" else 1
        people = (self.mentees, self.mentors)[side]
        passed = [rule.admits(person.values.get(rule.attribute)) for person in people]
        self.sides[side][:] -= self.refusal * ~np.array(passed, dtype=bool)

    def add_table(self, first: Comparison | Between, group: list[Criterion | Rule]) -> bool:
        """A table over the different answers, if there are few enough on one side."""
        theirs, row = number_answers(list_answers(self.mentees, first.mentee))
        others, column = number_answers(list_answers(self.mentors, first.mentor))
        if min(len(theirs), len(others)) > MOST_ANSWERS or len(theirs) * len(others) > LARGEST_TABLE:
            return False
        mentees = [Person("", 1, {first.mentee: answer}) for answer in theirs]
        mentors = [Person("", 1, {first.mentor: answer}) for answer in others]
        table = np.sum([self.weigh(entry, mentees, mentors) for entry in group], axis=0)
        if len(others) <= len(theirs):
            self.columns.append((table[row].astype(self.kind), np.eye(len(others), dtype=self.kind)[column]))
        else:
            self.columns.append((np.eye(len(theirs), dtype=self.kind)[row], table.T[column].astype(self.kind)))
        return True

    def weigh(self, entry: Criterion | Rule, mentees: People, mentors: People) -> NDArray[Any]:
        found = entry.compare(mentees, mentors)(slice(0, len(mentees)))
        return found if isinstance(entry, Criterion) else -self.refusal * ~found

    def add_alone(self, entry: Criterion | Rule) -> None:
        if isinstance(entry, (Overlap, SharedWords)):
            self.columns.append(entry.factor(self.mentees, self.mentors))
            return
        rows = entry.compare(self.mentees, self.mentors)
        criterion = isinstance(entry, Criterion)
        self.slow.append(rows if criterion else lambda part: -self.refusal * ~rows(part))

    def join(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The columns of both sides; the first of the mentors' is what they bring to every pair."""
        used = [left.any(axis=0) & right.any(axis=0) for left, right in self.columns]
        width = 2 + sum(int(np.count_nonzero(some)) for some in used)
        sides = tuple(np.empty((len(people), width), dtype=self.kind) for people in (self.mentees, self.mentors))
        for side, here in enumerate(sides):
            here[:, side], here[:, 1 - side] = 1, self.sides[side]
            place = 2
            for columns, some in zip(self.columns, used, strict=True):
                here[:, place : place + np.count_nonzero(some)] = columns[side][:, some]
                place += int(np.count_nonzero(some))
        self.columns.clear()
        return sides  # type: ignore[return-value]


def number_answers(answers: list[Any]) -> tuple[list[Any], NDArray[np.int64]]:
    """The different answers, and for each person which of them is theirs."""
    numbers: dict[Any, int] = {}
    theirs = np.array([numbers.setdefault(answer, len(numbers)) for answer in answers], dtype=np.int64)
    return list(numbers), theirs


def list_runs(rows: NDArray[np.int64]) -> list[slice]:
    """Rows in order as slices of those that follow each other."""
    breaks = np.flatnonzero(np.diff(rows) != 1) + 1
    return [slice(int(run[0]), int(run[-1]) + 1) for run in np.split(rows, breaks) if len(run)]
