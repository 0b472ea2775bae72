"""What happens when a co-ordinator insists on a pair, by any objective: solve with it locked, and compare."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from .instance import Instance
from .outcome import Outcome
from .reading import Fault
from .single_pairs import judge_pairs
from .solving import solve


@dataclass(frozen=True)
class Change:
    """From one outcome to another: differences of its figures, and who moves from whom to whom."""

    matched: int
    total: int
    worst: int
    moves: tuple[tuple[str, str | None, str | None], ...]

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def insist(instance: Instance, before: Outcome, mentee_id: str, mentor_id: str) -> Change:
    """What changes when these two are matched come what may. Raises Fault where a rule or other locks forbid it."""
    if instance.model.has_many_partners:
        raise Fault(
            "model", f"in the model {instance.model.kind} a mentee is not with one mentor; lock the pair instead"
        )
    mentee, mentor = instance.find_mentee(mentee_id), instance.find_mentor(mentor_id)
    (broken,) = judge_pairs(instance, [(mentee, mentor)])
    if broken:
        raise Fault("pair", f"a hard rule forbids it: {broken[0]}")
    others = tuple(pair for pair in instance.locked if pair[0] != mentee_id)
    if sum(pair[1] == mentor_id for pair in others) >= mentor.capacity:
        raise Fault("pair", f"every place with {mentor_id!r} is locked for somebody else")
    return compare_outcomes(before, solve(replace(instance, locked=(*others, (mentee_id, mentor_id)))))


def compare_outcomes(before: Outcome, after: Outcome) -> Change:
    """Figures of the second less the first, and everybody whose mentor differs, by id."""
    old, new = dict(before.pairs), dict(after.pairs)
    moved = sorted(id for id in old.keys() | new.keys() if old.get(id) != new.get(id))
    return Change(
        matched=after.matched - before.matched,
        total=after.total - before.total,
        worst=(after.worst or 0) - (before.worst or 0),
        moves=tuple((id, old.get(id), new.get(id)) for id in moved),
    )
