"""The model of mentoring: who comes together with whom, and how many (README.md lists them)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .attributes import SETS, Attribute, read_value
from .reading import At
from .reading_criteria import read_attribute_name

# Pairs of one mentee and one mentor; a mentor may have several. All others are in groups/.
PAIRS = ("one-to-one", "spot", "buddy")
LARGEST_GROUP = 100
# kind → the fields it takes, and how many come together unless it says otherwise: mentees, or a team's mentors.
KINDS: dict[str, tuple[tuple[str, ...], int, int]] = {
    **dict.fromkeys(PAIRS, ((), 1, 1)),
    "group": (("least", "most"), 1, 4),
    "circle": (("least", "most", "shared"), 3, 8),
    "team": (("least", "most", "team"), 1, 2),
    "two-by-two": (("experienced", "among"), 2, 2),
    "peers": ((), 2, 2),
}
NEEDED = {"team": ("team",), "two-by-two": ("experienced", "among")}


@dataclass(frozen=True)
class Model:
    """`attribute`: a team's name, what a circle shares, or whether a mentor is experienced (one of the answers `among`)."""

    kind: str = "one-to-one"
    least: int = 1
    most: int = 1
    attribute: str = ""
    among: frozenset[Any] = frozenset()

    @property
    def is_pairs(self) -> bool:
        return self.kind in PAIRS

    @property
    def is_pool(self) -> bool:
        """Everybody in one list of people, instead of mentees and mentors."""
        return self.kind == "peers"

    @property
    def has_many_partners(self) -> bool:
        """Whether "whom with?" has more than one answer, or is asked both ways."""
        return self.has_many_mentors or self.is_pool

    @property
    def has_many_mentors(self) -> bool:
        """Whether a mentee has more than one mentor, who come to a place for each team or foursome."""
        return self.kind in ("team", "two-by-two")


def read_model(at: At, attributes: Mapping[str, Attribute]) -> Model:
    """A name, or an object with a `kind`."""
    if isinstance(at.value, str):
        at = At({"kind": at.choice(*KINDS)}, at.path)
    if not isinstance(at.value, dict):
        raise at.fault("expected the name of a model or an object with its kind")
    kind = at["kind"].choice(*KINDS)
    known, least, most = KINDS[kind]
    at.fields("kind", *known, needed=NEEDED.get(kind, ()))
    least = at.get("least", least).whole(1, LARGEST_GROUP)
    most = at.get("most", max(least, most)).whole(1, LARGEST_GROUP)
    if most < least:
        raise at["most"].fault("is below least")
    return Model(kind, least, most, *read_attribute(at, attributes))


def read_attribute(at: At, attributes: Mapping[str, Attribute]) -> tuple[str, frozenset[Any]]:
    for field, kinds in (
        ("team", ("category", "level")),
        ("shared", ("category", *SETS)),
        ("experienced", ("category", "level")),
    ):
        if field in at:
            attribute = read_attribute_name(at[field], attributes, *kinds)
            among = at["among"].items() if field == "experienced" else []
            return attribute.name, frozenset(read_value(answer, attribute, {}) for answer in among)
    return "", frozenset()
