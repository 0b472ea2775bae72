"""Scores and refusals of all pairs, for the models of mentoring that are not pairs."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..instance import Instance, Pair
from ..reading import Fault

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
# All pairs are held at once here.
MOST_PAIRS = 4_000_000


class Tables:
    """`scores` and `allowed`, mentees by mentors. In a pool everybody is on both sides, and both directions count."""

    def __init__(self, instance: Instance) -> None:
        mentees, mentors = instance.mentees, instance.mentors
        if len(mentees) * len(mentors) > MOST_PAIRS:
            raise Fault("model", f"{instance.model.kind} is for at most {MOST_PAIRS:,} pairs of people")
        self.instance = instance
        self.mentees, self.mentors = list(mentees), list(mentors)
        self.rows = {person.id: row for row, person in enumerate(mentees)}
        self.columns = {person.id: column for column, person in enumerate(mentors)}
        everyone, shape = slice(0, len(mentees)), (len(mentees), len(mentors))
        self.scores: Integers = np.zeros(shape, dtype=np.int64)
        for criterion in instance.criteria:
            self.scores += criterion.compare(mentees, mentors)(everyone)
        self.allowed: Flags = np.tile(np.array([mentor.capacity > 0 for mentor in mentors], dtype=bool), (shape[0], 1))
        for rule in instance.rules:
            self.allowed &= rule.compare(mentees, mentors)(everyone)
        if instance.model.is_pool:
            self.scores = self.scores + self.scores.T
            self.allowed = self.allowed & self.allowed.T
        self.locked = [(self.rows[mentee], self.columns[mentor]) for mentee, mentor in list_locked(instance)]

    @cached_property
    def levels(self) -> Integers:
        """Every score that a floor under the pairs that are not locked could lie at."""
        free = self.allowed.copy()
        for row, column in self.locked:
            free[row, column] = False
            if self.instance.model.is_pool:
                free[column, row] = False
        return np.unique(self.scores[free])


def list_locked(instance: Instance) -> list[Pair]:
    """The locked pairs. Where a mentor is locked with one of a team, all the team is."""
    if instance.model.kind != "team":
        return list(instance.locked)
    teams = {
        mentee.id: mentee.values.get(instance.model.attribute) or ("alone", mentee.id) for mentee in instance.mentees
    }
    found = {(id, mentor): None for mentee, mentor in instance.locked for id in teams if teams[id] == teams[mentee]}
    return list(found)
