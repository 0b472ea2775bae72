"""Clauses: what partners agree, as data that came from the programme's blueprint, and the boxes that are filled in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from programmes.models import Member

TOGETHER = "both"


@dataclass(frozen=True)
class Clause:
    """One point of an agreement.

    kind: `fixed` is agreed as it stands, `text` is written and `choice` chosen by the partners. filled_by: `both` share one
    box; with a role, each member in that role has a box of their own, which nobody else can fill. source: a
    requirement's ID (K1 to K5).
    """

    key: str
    kind: str
    title: str
    text: str
    options: list[dict[str, str]] = field(default_factory=list)
    filled_by: str = TOGETHER
    source: str = ""

    def label(self, option: str) -> str:
        """The words of a chosen option."""
        return next((known["label"] for known in self.options if known["key"] == option), option)


@dataclass(frozen=True)
class Box:
    """A place to fill in: an open clause, or one member's share of it."""

    clause: Clause
    member: Member | None = None

    @property
    def name(self) -> str:
        return f"{self.clause.key}-{self.member.pk}" if self.member else self.clause.key

    @property
    def title(self) -> str:
        return f"{self.clause.title}: {self.member.person}" if self.member else self.clause.title

    def may_be_filled_by(self, person: Any) -> bool:
        return self.member is None or self.member.person_id == person.pk


def read_clauses(data: Iterable[dict[str, Any]]) -> list[Clause]:
    """Clauses from a blueprint's or an agreement's own copy."""
    return [Clause(**item) for item in data]


def boxes_of(clauses: Iterable[Clause], members: list[Member]) -> Iterator[Box]:
    """Every box of an agreement between these members, in the order of its clauses."""
    for clause in clauses:
        if clause.kind == "fixed":
            continue
        if clause.filled_by == TOGETHER:
            yield Box(clause)
        else:
            yield from (Box(clause, member) for member in members if member.role == clause.filled_by)
