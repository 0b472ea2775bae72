"""The proof of an outcome, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass

from .scoring import Integers


@dataclass(frozen=True)
class Stage:
    """One proof by prices. `aim` says what is counted.

    matched: people matched; the later stages choose only among the assignments that are best here. best: points, reached
    by the assignment `match`. floor: points of the pairs above the floor of this `level`: too few, or too few people.
    total: points of the pairs that reach the floors.
    """

    aim: str
    mentee_prices: Integers
    mentor_prices: Integers
    level: int = 0
    match: Integers | None = None

    def find_bound(self, capacity: Integers) -> int:
        """All prices together: no assignment in the running counts more."""
        return sum(self.mentee_prices.tolist()) + sum((self.mentor_prices * capacity).tolist())
