"""A cursor over parsed JSON that knows where it is, so that every fault names its path."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

LONGEST_ID = 200


class Fault(Exception):
    """The instance or outcome cannot be read: where, and what is wrong there."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


@dataclass(frozen=True)
class At:
    """One value of the document and the path that leads to it, such as `mentors[3].capacity`."""

    value: Any
    path: str = ""

    def fault(self, message: str) -> Fault:
        return Fault(self.path or "document", message)

    def fields(self, *known: str, needed: Iterable[str] = ()) -> At:
        """An object with these fields and no others."""
        if not isinstance(self.value, dict):
            raise self.fault(f"expected an object, found {describe(self.value)}")
        for name in self.value:
            if name not in known:
                raise self.at(name).fault(f"unknown field; known here: {', '.join(known)}")
        for name in needed:
            self[name]
        return self

    def at(self, name: str) -> At:
        return At(self.value[name], f"{self.path}.{name}" if self.path else name)

    def __getitem__(self, name: str) -> At:
        if name not in self.value:
            raise self.fault(f"the field '{name}' is missing")
        return self.at(name)

    def __contains__(self, name: str) -> bool:
        return name in self.value

    def get(self, name: str, default: Any) -> At:
        return self.at(name) if name in self.value else At(default, f"{self.path}.{name}")

    def entries(self) -> Iterator[tuple[str, At]]:
        """The names and values of an object whose names are the author's own."""
        if not isinstance(self.value, dict):
            raise self.fault(f"expected an object, found {describe(self.value)}")
        return ((name, self.at(name)) for name in self.value)

    def items(self) -> list[At]:
        if not isinstance(self.value, list):
            raise self.fault(f"expected a list, found {describe(self.value)}")
        return [At(item, f"{self.path}[{index}]") for index, item in enumerate(self.value)]

    def row(self, length: int) -> list[At]:
        items = self.items()
        if len(items) != length:
            raise self.fault(f"expected {length} entries, found {len(items)}")
        return items

    def text(self, longest: int = 10_000) -> str:
        if not isinstance(self.value, str):
            raise self.fault(f"expected text, found {describe(self.value)}")
        if len(self.value) > longest:
            raise self.fault(f"longer than {longest} characters")
        if "\0" in self.value or any("\ud800" <= character <= "\udfff" for character in self.value):
            raise self.fault("contains a character that text cannot hold")
        return self.value

    def name(self) -> str:
        if not self.text(LONGEST_ID):
            raise self.fault("is empty")
        return self.value

    def choice(self, *choices: str) -> str:
        if not isinstance(self.value, str) or self.value not in choices:
            raise self.fault(f"expected one of {', '.join(choices)}; found {describe(self.value)}")
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.fault(f"expected true or false, found {describe(self.value)}")
        return self.value

    def whole(self, least: int, most: int) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.fault(f"expected a whole number, found {describe(self.value)}")
        if not least <= self.value <= most:
            raise self.fault(f"expected {least} to {most}, found {describe(self.value)}")
        return self.value

    def number(self, least: float = -1e12, most: float = 1e12) -> float:
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.fault(f"expected a number, found {describe(self.value)}")
        if isinstance(self.value, float) and not math.isfinite(self.value):
            raise self.fault(f"expected a finite number, found {self.value}")
        if not least <= self.value <= most:
            raise self.fault(f"expected {least:g} to {most:g}, found {describe(self.value)}")
        return float(self.value)


def describe(value: Any) -> str:
    """The value in a few words; long ones are cut."""
    kinds = {dict: "an object", list: "a list", type(None): "null"}
    if type(value) in kinds:
        return kinds[type(value)]
    if isinstance(value, int) and abs(value) >= 10**20:
        return "a number of more than 20 digits"
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
