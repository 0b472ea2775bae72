"""Counting answers so that nobody can be recognised. Pure: no database, no request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FEWEST = 5  # answers, below which a figure could be read as one person's answer
SCALE = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Tally:
    """How often each answer to one question was given; `is_hidden` when too few answered to show anything."""

    question: Any
    counts: Mapping[Any, int]
    fewest: int = FEWEST

    @property
    def answered(self) -> int:
        return sum(self.counts.values())

    @property
    def is_hidden(self) -> bool:
        return self.answered < self.fewest

    @property
    def mean(self) -> float | None:
        """The mean of a scale from 1 to 5; none while hidden."""
        if self.is_hidden or not self.answered:
            return None
        return sum(value * count for value, count in self.counts.items()) / self.answered

    def share(self, at_least: int) -> float | None:
        """Of a hundred answers, how many are this high or higher; none while hidden."""
        if self.is_hidden or not self.answered:
            return None
        return 100 * sum(count for value, count in self.counts.items() if value >= at_least) / self.answered

    @property
    def high_share(self) -> float | None:
        return self.share(4)

    @property
    def shown(self) -> list[tuple[str, int | None]]:
        """The answers to a choice with their counts, none where a count would tell too much."""
        counts = hide_small(self.counts, self.fewest)
        return [(option["label"], counts[option["key"]]) for option in self.question.options]


def hide_small(counts: Mapping[Any, int], fewest: int = FEWEST) -> dict[Any, int | None]:
    """The counts without those from 1 to `fewest` - 1.

    A single gap could be filled by subtracting from the total, so the next smallest count is left out with it.
    """
    hidden = {key for key, count in counts.items() if 0 < count < fewest}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min((key for key in counts if key not in hidden), key=lambda key: counts[key]))
    return {key: None if key in hidden else count for key, count in counts.items()}


def tally(question: Any, answers: Iterable[Mapping[str, Any]], fewest: int = FEWEST) -> Tally:
    """Count the answers to one question. What is not one of its answers is not counted."""
    possible = SCALE if question.kind == "scale" else tuple(option["key"] for option in question.options)
    counts = dict.fromkeys(possible, 0)
    for given in answers:
        if (answer := given.get(question.key)) in counts:
            counts[answer] += 1
    return Tally(question, counts, fewest)
