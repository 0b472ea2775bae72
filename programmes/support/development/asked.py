"""What a development plan asks: questions are the programme's own, as its capabilities are; the ways to learn are ours."""

from dataclasses import dataclass
from typing import Any

from programmes.models import Programme

WAYS = {
    "together": "Together, when we meet",
    "training": "In training or on a course",
    "job": "By doing it at work",
    "reading": "By reading or watching",
    "somebody": "With the help of somebody else",
}
LOWEST, HIGHEST = 0, 10  # of the scale, as in OSKAR (A7)


@dataclass(frozen=True)
class Question:
    """One question about where somebody stands, as the programme's blueprint asks it."""

    key: str
    label: str
    hint: str = ""
    source: str = ""

    @property
    def field(self) -> str:
        return f"asked_{self.key}"


def questions_of(programme: Programme) -> list[Question]:
    return [Question(**one) for one in programme.blueprint.get("development", [])]


def say_ways(words: dict[str, Any]) -> list[str]:
    """How a need is met, in words."""
    return [label for key, label in WAYS.items() if key in words.get("ways", [])]
