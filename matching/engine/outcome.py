"""The outcome: who is matched with whom, what it is worth, and the proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .instance import Instance, Pair
from .scoring import Field
from .single_pairs import score_pairs
from .stages import Stage


@dataclass(frozen=True)
class Outcome:
    """`points` are those of each pair, criterion by criterion, in the order of the instance's criteria.

    Where nothing is `proved` because the time was up, `bound` says what nobody can do better than: people `matched`, and
    the `total` (each on its own).
    """

    pairs: tuple[Pair, ...]
    matched: int
    total: int
    worst: int | None
    proved: bool
    objective: str
    loads: Mapping[str, int]
    unmatched: tuple[str, ...]
    points: tuple[tuple[int, ...], ...]
    certificate: Mapping[str, Any]
    bound: Mapping[str, int] | None = None

    def as_document(self) -> dict[str, Any]:
        """What `json.dump` writes; `check` reads it back."""
        return asdict(self)


def describe_outcome(
    instance: Instance, pairs: list[Pair], certificate: Mapping[str, Any], bound: Mapping[str, int] | None
) -> Outcome:
    """The outcome of these pairs, everything in the order of the ids. `bound` is that of the people who are not locked."""
    pairs = sorted(pairs)
    mentees = {person.id: person for person in instance.mentees}
    mentors = {person.id: person for person in instance.mentors}
    points = tuple(map(tuple, score_pairs(instance, [(mentees[mentee], mentors[mentor]) for mentee, mentor in pairs])))
    scores = [sum(each) for each in points]
    loads = dict.fromkeys(sorted(mentors), 0)
    for _, mentor in pairs:
        loads[mentor] += 1
    return Outcome(
        pairs=tuple(pairs),
        matched=len(pairs),
        total=sum(scores),
        worst=min(scores, default=None),
        proved=bound is None,
        objective=instance.objective,
        loads=loads,
        unmatched=tuple(sorted(set(mentees) - {mentee for mentee, _ in pairs})),
        points=points,
        certificate=certificate,
        bound=bound and add_locked(instance, bound, dict(zip(pairs, scores, strict=True))),
    )


def add_locked(instance: Instance, bound: Mapping[str, int], scores: Mapping[Pair, int]) -> dict[str, int]:
    locked = [scores[pair] for pair in instance.locked]
    return {"matched": bound["matched"] + len(locked), "total": bound["total"] + sum(locked)}


def write_certificate(instance: Instance, field: Field, stages: list[Stage]) -> dict[str, Any]:
    """The input's hash and the prices of every stage; a price that is not listed is 0."""
    return {"input": instance.digest, "stages": [write_stage(field, stage) for stage in stages]}


def write_stage(field: Field, stage: Stage) -> dict[str, Any]:
    about: dict[str, Any] = {"aim": stage.aim}
    if stage.aim == "floor":
        about["level"] = stage.level
    if stage.match is not None:
        pairs = enumerate(stage.match.tolist())
        about["match"] = dict(
            sorted((field.mentees[row].id, field.mentors[each].id) for row, each in pairs if each >= 0)
        )
    for side, people, prices in (
        ("mentees", field.mentees, stage.mentee_prices),
        ("mentors", field.mentors, stage.mentor_prices),
    ):
        listed = {person.id: int(price) for person, price in zip(people, prices, strict=True) if price}
        about[side] = dict(sorted(listed.items()))
    return about
