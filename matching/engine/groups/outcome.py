"""The outcome of a model in which more than two come together, or in which there is one pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..instance import Instance, Pair
from ..outcome import Outcome
from ..single_pairs import score_pairs


@dataclass(frozen=True)
class Group:
    """Who comes together; `topic` is what a circle shares. A peer pair is two mentees."""

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    topic: str = ""


@dataclass(frozen=True)
class GroupOutcome(Outcome):
    """`pairs` are all whose points count: each mentee with each mentor of the group, or two peers.

    What is not `proved` has a `bound` that nobody can do better than: people `matched`, the floor under pairs that are
    not locked (`worst`, by `fair`), and the `total` of whatever is as good in both.
    """

    groups: tuple[Group, ...] = ()
    model: str = ""


def list_pairs(groups: tuple[Group, ...]) -> list[Pair]:
    """Each pair whose points count, in the order of the ids."""
    mixed = [(mentee, mentor) for group in groups for mentee in group.mentees for mentor in group.mentors]
    peers = [(min(group.mentees), max(group.mentees)) for group in groups if not group.mentors]
    return sorted([*mixed, *peers])


def list_points(instance: Instance, pairs: list[Pair]) -> list[list[int]]:
    """Points criterion by criterion. Two peers have those of both directions."""
    mentees = {person.id: person for person in instance.mentees}
    mentors = {person.id: person for person in instance.mentors}
    points = score_pairs(instance, [(mentees[one], mentors[other]) for one, other in pairs])
    if not instance.model.is_pool:
        return points
    back = score_pairs(instance, [(mentees[other], mentors[one]) for one, other in pairs])
    return [[one + other for one, other in zip(*both, strict=True)] for both in zip(points, back, strict=True)]


def count_loads(instance: Instance, groups: tuple[Group, ...]) -> dict[str, int]:
    """How many of their places people fill: mentees in groups and circles, else teams, foursomes, or a peer."""
    many = instance.model.kind in ("group", "circle")
    loads = dict.fromkeys(sorted(mentor.id for mentor in instance.mentors), 0)
    for group in groups:
        for mentor in group.mentees if instance.model.is_pool else group.mentors:
            loads[mentor] += len(group.mentees) if many else 1
    return loads


def describe_groups(
    instance: Instance,
    groups: list[Group],
    certificate: Mapping[str, Any],
    bound: Mapping[str, int] | None,
) -> GroupOutcome:
    """The outcome with these groups, everything in the order of the ids."""
    ordered = tuple(sorted(groups, key=lambda group: (group.mentees, group.mentors)))
    pairs = list_pairs(ordered)
    points = list_points(instance, pairs)
    scores = [sum(each) for each in points]
    matched = {id for group in groups for id in group.mentees}
    return GroupOutcome(
        groups=ordered,
        pairs=tuple(pairs),
        matched=len(matched),
        total=sum(scores),
        worst=min(scores, default=None),
        proved=bound is None,
        objective=instance.objective,
        model=instance.model.kind,
        loads=count_loads(instance, ordered),
        unmatched=tuple(sorted({mentee.id for mentee in instance.mentees} - matched)),
        points=tuple(map(tuple, points)),
        certificate=certificate,
        bound=bound,
    )
