"""Clauses: what partners agree, as data, and the boxes that are filled in."""

import functools
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from programmes.models import Member, Model

TOGETHER, EACH = "together", "each"
READING = "reading"
WITHOUT_AGREEMENT = (Model.SPOT,)  # brief contacts on one issue: nothing is agreed, nothing is signed (M4)


@dataclass(frozen=True)
class Clause:
    """One point of an agreement.

    kind: `fixed` is agreed as it stands; `text` is written, `choice` chosen and `table` filled in line by line by the
    partners. filled_by: `together` is one box for all; otherwise `each`, or each member in that role, has a box that
    nobody else can fill. decides: what follows from everybody's choice. also: title and text in a second language.
    source: a requirement's ID (K1 to K21).
    """

    key: str
    kind: str
    title: str
    text: str
    options: list[dict[str, str]] = field(default_factory=list)
    columns: list[dict[str, str]] = field(default_factory=list)
    filled_by: str = TOGETHER
    decides: str = ""
    also: dict[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to fill it in."""
        return self.kind != "fixed"

    def as_data(self) -> dict[str, Any]:
        """The clause as it is kept: without what is empty."""
        return {name: value for name, value in asdict(self).items() if value}

    def label(self, option: str) -> str:
        """The words of a chosen option."""
        return next((known["label"] for known in self.options if known["key"] == option), option)

    def say(self, words: str) -> str:
        """What stands in a box, as a sentence or lines."""
        if self.kind == "table":
            return "\n".join(" · ".join(cell for cell in line if cell) for line in read_table(words))
        return self.label(words) if self.kind == "choice" else words


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
    """Clauses from a blueprint's, a template's or an agreement's own copy."""
    return [Clause(**item) for item in data]


def boxes_of(clauses: Iterable[Clause], members: list[Member]) -> Iterator[Box]:
    """Every box of an agreement between these members, in the order of its clauses."""
    for clause in clauses:
        if not clause.is_open:
            continue
        if clause.filled_by == TOGETHER:
            yield Box(clause)
        else:
            yield from (Box(clause, member) for member in members if clause.filled_by in (EACH, member.role))


def clauses_for(blueprint: dict[str, Any], model: str) -> list[dict[str, Any]]:
    """The platform's clauses: the blueprint's own, those that the model of mentoring needs, and what every agreement has.

    None for a model without agreement, and for a programme that was made from no blueprint.
    """
    own = blueprint.get("clauses", [])
    if model in WITHOUT_AGREEMENT or not own:
        return []
    return [*own, *_wording().get(model, []), *_wording()["every"]]


@functools.cache
def _wording() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((Path(__file__).parent / "wording.toml").read_text(encoding="utf-8"))


def read_table(words: str) -> list[list[str]]:
    """The lines of a filled-in table."""
    return json.loads(words) if words else []


def write_table(lines: Iterable[list[str]]) -> str:
    """Lines as they are kept in a box; empty ones are left out, and none at all is an empty box."""
    kept = [[" ".join(cell.split()) for cell in line] for line in lines if any(cell.strip() for cell in line)]
    return json.dumps(kept, ensure_ascii=False) if kept else ""
