"""Matching again after people joined, left or changed: quickly, changing little, and saying what changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .instance import Instance, read_instance
from .outcome import Outcome
from .progress import Watch
from .reading import Fault
from .solving import solve

KEPT = "kept from last time"


@dataclass(frozen=True)
class Rerun:
    """The instance as it was solved (with the criterion for pairs of last time, if any), its outcome, and what changes.

    By id, in order: who keeps their mentor, who changes from whom to whom, who gains a mentor, who loses theirs, who of
    those matched last time is not here any more. `cost` is what keeping costs everybody together, in points.
    """

    instance: Instance
    outcome: Outcome
    keeps: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]
    gains: tuple[str, ...]
    loses: tuple[str, ...]
    gone: tuple[str, ...]
    cost: int

    def as_document(self) -> dict[str, Any]:
        people = asdict(self)
        del people["instance"]
        return people | {"outcome": self.outcome.as_document()}


def rerun(document: Any, before: Outcome | Mapping[str, Any], *, keep: int = 0, watch: Watch | None = None) -> Rerun:
    """Solve the instance in the document, beginning from an outcome of before, and say what changes.

    Locked pairs are those of the document. With `keep`, a pair of last time counts so many points more; what that costs
    is found by solving once more without. Raises Fault as `read_instance` does, and for points below nought.
    """
    if keep < 0:
        raise Fault("keep", f"expected points, none or more; found {keep}")
    match = dict(before.pairs if isinstance(before, Outcome) else before["pairs"])
    instance = read_instance(favour(document, match, keep) if keep else document)
    outcome = solve(instance, watch=watch, start=before)
    cost = solve(read_instance(document), start=outcome).total - count_others(outcome) if keep else 0
    return describe(instance, outcome, match, cost)


def favour(document: Mapping[str, Any], match: Mapping[str, str], points: int) -> dict[str, Any]:
    """The document with a criterion that gives these pairs so many points, where both people are still here."""
    mentees, mentors = ({person["id"] for person in document[side]} for side in ("mentees", "mentors"))
    scores = [[mentee, mentor, points] for mentee, mentor in match.items() if mentee in mentees and mentor in mentors]
    return {**document, "criteria": [*document["criteria"], {"kind": "pairs", "name": KEPT, "scores": scores}]}


def count_others(outcome: Outcome) -> int:
    """The total without the points for being kept."""
    return sum(sum(points[:-1]) for points in outcome.points)


def describe(instance: Instance, outcome: Outcome, old: Mapping[str, str], cost: int) -> Rerun:
    new, here = dict(outcome.pairs), {mentee.id for mentee in instance.mentees}
    both = sorted(old.keys() & new.keys())
    return Rerun(
        instance=instance,
        outcome=outcome,
        keeps=tuple(id for id in both if old[id] == new[id]),
        changes=tuple((id, old[id], new[id]) for id in both if old[id] != new[id]),
        gains=tuple(sorted(new.keys() - old.keys())),
        loses=tuple(sorted((old.keys() - new.keys()) & here)),
        gone=tuple(sorted(old.keys() - here)),
        cost=cost,
    )
