"""Is a stable outcome stable? Checked over all pairs, by other code than the solver's."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .instance import Instance, Pair
from .people import Person


def find_blocking_pair(instance: Instance, match: Mapping[str, str]) -> Pair | None:
    """Two people, allowed and not matched with each other, who would both gain by it; locked pairs stay as they are."""
    locked = dict(instance.locked)
    mentees = [person for person in instance.mentees if person.id not in locked]
    for mentor in instance.mentors:
        places = mentor.capacity - sum(other == mentor.id for other in locked.values())
        theirs = [person for person in mentees if match.get(person.id) == mentor.id]
        least = min((sum_side(instance, "mentor", person, mentor) for person in theirs), default=None)
        room = len(theirs) < places
        if places == 0:
            continue
        for mentee in mentees:
            if match.get(mentee.id) == mentor.id or not is_allowed(instance, mentee, mentor):
                continue
            keen = room or (least is not None and sum_side(instance, "mentor", mentee, mentor) > least)
            if keen and would_rather(instance, mentee, mentor, match):
                return mentee.id, mentor.id
    return None


def would_rather(instance: Instance, mentee: Person, mentor: Person, match: Mapping[str, str]) -> bool:
    if mentee.id not in match:
        return True
    now = instance.find_mentor(match[mentee.id])
    return sum_side(instance, "mentee", mentee, mentor) > sum_side(instance, "mentee", mentee, now)


def sum_side(instance: Instance, side: str, mentee: Person, mentor: Person) -> int:
    counted = [criterion for criterion in instance.criteria if criterion.side in ("both", side)]
    return sum(int(criterion.compare([mentee], [mentor])(slice(0, 1))[0, 0]) for criterion in counted)


def is_allowed(instance: Instance, mentee: Person, mentor: Person) -> bool:
    return all(bool(np.all(rule.compare([mentee], [mentor])(slice(0, 1)))) for rule in instance.rules)
