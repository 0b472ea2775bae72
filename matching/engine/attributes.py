"""What may be known about a person: typed values, read once and refused loudly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .reading import At

Place = tuple[float, float]
SETS = ("set", "availability")
KINDS = ("category", *SETS, "number", "level", "place", "text", "people")


class Level(int):
    """A step of a level: its number, lowest 0, and its name."""

    name: str

    def __new__(cls, number: int, name: str) -> Level:
        level = super().__new__(cls, number)
        level.name = name
        return level

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Attribute:
    """A declared attribute. `order` lists the steps of a level, lowest first."""

    name: str
    kind: str
    order: tuple[str, ...] = ()


def read_attributes(at: At) -> dict[str, Attribute]:
    return {name: read_attribute(name, declared) for name, declared in at.entries()}


def read_attribute(name: str, at: At) -> Attribute:
    at.fields("kind", "order", needed=["kind"])
    kind = at["kind"].choice(*KINDS)
    if kind != "level":
        if "order" in at:
            raise at["order"].fault("only a level has an order")
        return Attribute(name, kind)
    order = [step.name() for step in at["order"].items()]
    if len(set(order)) != len(order):
        raise at["order"].fault("lists a step twice")
    return Attribute(name, kind, tuple(order))


def read_place(at: At) -> Place:
    at.fields("lat", "lon", needed=["lat", "lon"])
    return at["lat"].number(-90, 90), at["lon"].number(-180, 180)


def read_value(at: At, attribute: Attribute, places: Mapping[str, Place]) -> Any:
    """The value in the form comparisons use; None where the person did not answer."""
    if at.value is None:
        return None
    if attribute.kind == "category":
        return str(at.value).lower() if isinstance(at.value, bool) else at.name()
    if attribute.kind in SETS:
        return frozenset(item.name() for item in at.items()) or None
    if attribute.kind == "number":
        return at.number()
    if attribute.kind == "level":
        return Level(attribute.order.index(at.choice(*attribute.order)), at.value)
    if attribute.kind == "people":
        return read_ranking(at)
    if attribute.kind == "text":
        return at.text(longest=100_000) or None
    return read_place(at) if isinstance(at.value, dict) else find_place(at, places)


def read_ranking(at: At) -> tuple[str, ...] | None:
    ranking = tuple(item.name() for item in at.items())
    if len(set(ranking)) != len(ranking):
        raise at.fault("ranks a person twice")
    return ranking or None


def find_place(at: At, places: Mapping[str, Place]) -> Place:
    if at.name() not in places:
        raise at.fault(f"unknown place {at.value!r}; declare it under places or give lat and lon")
    return places[at.value]
