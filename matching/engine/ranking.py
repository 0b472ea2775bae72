"""Ranked choices before all else: most people matched, then the most points of choices, then the highest total.

Choices are made so large that no other criterion makes up for them; then it is the objective `total`, with its proof.
"""

from __future__ import annotations

import math
from dataclasses import replace

from .criteria import Choices
from .instance import LARGEST_TOTAL, Instance
from .reading import Fault


def put_choices_first(instance: Instance) -> Instance:
    """The same instance with choices that outweigh everything else. Raises Fault where that is too large to add up."""
    choices = [each for each in instance.criteria if isinstance(each, Choices)]
    unit = math.gcd(*(points * each.weight for each in choices for points in each.points)) or 1
    others = sum(each.largest for each in instance.criteria if not isinstance(each, Choices))
    # More than all other points of one choice of pairs can differ by from those of another.
    bonus = 1 + 2 * others * (len(instance.mentees) + 1)
    criteria = tuple(
        replace(each, points=tuple(points * each.weight // unit for points in each.points), weight=bonus)
        if isinstance(each, Choices)
        else each
        for each in instance.criteria
    )
    if sum(each.largest for each in criteria) * (len(instance.mentees) + 1) > LARGEST_TOTAL:
        raise Fault("objective", "so many people cannot be matched by ranked choices first; use total or fair")
    return replace(instance, criteria=criteria, objective="total")
