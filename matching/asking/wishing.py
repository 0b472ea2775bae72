"""Whom people said they would like, which a later floor knows and every round counts.

A floor above registers where wishes come from (`wishes_from`); this floor knows nothing of how they were asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from programmes.models import Programme

POINTS = [1000, 800, 600, 400, 200]
WEIGHT = 100  # the engine's most: a wish counts for more than any one answer
SIDES = {"mentees": "mentee", "mentors": "mentor"}


@dataclass(frozen=True)
class Wishes:
    """For mentees and for mentors, by their name in the instance: the names of those they would like, the first wish first."""

    mentees: dict[str, list[str]]
    mentors: dict[str, list[str]]

    def add_to(self, instance: dict[str, Any]) -> dict[str, Any]:
        """The instance with a criterion for each side that wished. Where both did, stable: nobody is passed over who is wanted."""
        asked = {side: wished for side in SIDES if (wished := getattr(self, side))}
        here = {person["id"] for side in SIDES for person in instance[side]}
        changed = {
            side: [with_wish(person, side, wished, here) for person in instance[side]] for side, wished in asked.items()
        }
        criteria = [
            {
                "name": wish(side),
                "kind": "choices",
                "attribute": wish(side),
                "side": SIDES[side],
                "weight": WEIGHT,
                "points": POINTS,
            }
            for side in asked
        ]
        return (
            instance
            | changed
            | {
                "attributes": instance["attributes"] | {wish(side): {"kind": "people"} for side in asked},
                "criteria": [*instance["criteria"], *criteria],
                "objective": "stable" if len(asked) == len(SIDES) else instance["objective"],
            }
        )


def wish(side: str) -> str:
    """What the wishes of a side are called in an instance."""
    return f"wishes of {side}"


def with_wish(person: dict[str, Any], side: str, wished: dict[str, list[str]], here: set[str]) -> dict[str, Any]:
    """Somebody with their wishes, as far as those whom they wish for can be matched."""
    ranked = [one for one in wished.get(person["id"], []) if one in here]
    return person | {"values": person["values"] | {wish(side): ranked}} if ranked else person


Source = Callable[[Programme], Wishes | None]
_sources: list[Source] = []


def wishes_from(source: Source) -> Source:
    """Register a function that knows what people of a programme wish."""
    _sources.append(source)
    return source


def wishes_in(programme: Programme) -> Wishes:
    """What people of a programme wish; nothing where nobody was asked."""
    return next((found for source in _sources if (found := source(programme))), Wishes({}, {}))
