"""What one more mentor would bring: for every answer, how many of those who wait a mentor who gives it could help.

The newcomer gives this answer, passes every check of who may be a mentor, and leaves all else open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .alternatives import Alternatives
from .criteria import Comparison, Overlap
from .flow import find_flow
from .instance import Instance
from .outcome import Outcome
from .people import Person
from .rules import Between, Eligible, MustOverlap
from .scoring import Field

# An attribute with more answers than this says something about a person, not about whom to look for.
MOST_ANSWERS = 50


@dataclass(frozen=True)
class Worth:
    """One more mentor who answers so: how many more are matched (0 or 1) and points; and with many such, how many."""

    attribute: str
    answer: Any
    matched: int
    total: int
    many: int

    def as_document(self) -> dict[str, Any]:
        answer = str(self.answer) if not isinstance(self.answer, tuple) else list(self.answer)
        return {
            "attribute": self.attribute,
            "answer": answer,
            "matched": self.matched,
            "total": self.total,
            "many": self.many,
        }


def value_answers(instance: Instance, outcome: Outcome) -> list[Worth]:
    """What mentors with each answer would bring, most first: whom to recruit. By objective `total`."""
    wanted = list(list_newcomers(instance))
    if not wanted or not outcome.unmatched:
        return []
    worth = Alternatives(instance).value_mentors([newcomer for *_, newcomer in wanted])
    found = []
    for attribute, answer, newcomer in wanted:
        cost = worth[newcomer.id]
        many = count_helped(instance, outcome, newcomer) if cost.matched else 0
        found.append(Worth(attribute, answer, cost.matched, cost.total, many))
    return sorted(found, key=lambda one: (-one.many, -one.matched, -one.total, one.attribute, str(one.answer)))


def list_newcomers(instance: Instance) -> Iterator[tuple[str, Any, Person]]:
    """Every answer that a mentee gave or asked for, as a mentor who gives it where it counts."""
    passing = {
        rule.attribute: rule.among for rule in instance.rules if isinstance(rule, Eligible) and rule.who == "mentor"
    }
    base = {name: put(instance, name, min(among, key=str)) for name, among in passing.items()}
    for asked, given in sorted(list_sides(instance)):
        answers = list_answers(instance, asked)
        if 1 < len(answers) <= MOST_ANSWERS and given not in passing:
            for answer in answers:
                values = base | {given: put(instance, given, answer)}
                yield given, answer, Person(f"one more, {given}: {answer}", 1, values)


def list_sides(instance: Instance) -> set[tuple[str, str]]:
    """Which attribute of the mentees is compared with which of the mentors."""
    every = (*instance.criteria, *instance.rules)
    return {(entry.mentee, entry.mentor) for entry in every if isinstance(entry, (Comparison, Between))}


def list_answers(instance: Instance, attribute: str) -> list[Any]:
    """What mentees said, item by item; numbers and texts are no answers to look for."""
    answers: set[Any] = set()
    for mentee in instance.mentees:
        given = mentee.values.get(attribute)
        if isinstance(given, frozenset):
            answers |= given
        elif isinstance(given, (str, tuple)):
            answers.add(given)
    return sorted(answers, key=str)


def put(instance: Instance, attribute: str, answer: Any) -> Any:
    """One answer in the form that mentors' answers to this attribute have."""
    every = (*instance.criteria, *instance.rules)
    compared = any(isinstance(entry, (Overlap, MustOverlap)) and entry.mentor == attribute for entry in every)
    given = any(isinstance(mentor.values.get(attribute), frozenset) for mentor in instance.mentors)
    return frozenset([answer]) if compared or given else answer


def count_helped(instance: Instance, outcome: Outcome, newcomer: Person) -> int:
    """How many more are matched when there are as many such newcomers as people who wait."""
    many = replace(newcomer, capacity=len(outcome.unmatched))
    field = Field(replace(instance, mentors=(*instance.mentors, many)))
    everybody = np.ones(len(field.mentees), dtype=np.int64)
    return find_flow(field.list_edges(), everybody, field.capacity) + len(instance.locked) - outcome.matched
