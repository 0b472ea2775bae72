"""Objectives against what came of them."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from programmes.needs.models import Objective


class Reach(StrEnum):
    """How an objective stands, in a word."""

    REACHED = "Reached"
    NEARER = "On the way"
    NOT_YET = "Not there yet"
    MISSED = "Not reached"
    UNKNOWN = "No figure yet"

    @property
    def kind(self) -> str:
        """The shape and colour of its state."""
        return {"Reached": "ok", "On the way": "info", "Not there yet": "warn", "Not reached": "warn"}.get(self, "rest")


@dataclass(frozen=True)
class Figure:
    """What was found for an objective: the value, where it comes from, and of how many it is a share."""

    value: Decimal | None
    source: str
    base: int | None = None


@dataclass(frozen=True)
class Result:
    """An objective beside its figure."""

    objective: Objective
    figure: Figure
    reach: Reach


def judge(objective: Objective, figure: Figure, today: datetime.date) -> Result:
    """Set a figure against target, baseline and date. A target below the baseline is reached by going down."""
    return Result(objective, figure, reach(objective, figure.value, today))


def reach(objective: Objective, value: Decimal | None, today: datetime.date) -> Reach:
    if value is None:
        return Reach.UNKNOWN
    baseline, target = objective.baseline, objective.target
    down = baseline is not None and target < baseline
    if value <= target if down else value >= target:
        return Reach.REACHED
    if today > objective.due_on:
        return Reach.MISSED
    moved = baseline is not None and (value < baseline if down else value > baseline)
    return Reach.NEARER if moved else Reach.NOT_YET


def summarise(results: list[Result]) -> str:
    """One sentence for somebody who reads nothing else."""
    known = [result for result in results if result.reach != Reach.UNKNOWN]
    reached = [result for result in known if result.reach == Reach.REACHED]
    if not results:
        return "No objectives are set yet."
    if not known:
        return f"None of the {len(results)} objectives has a figure yet."
    first = f"{len(reached)} of {len(results)} objectives {'is' if len(reached) == 1 else 'are'} reached"
    waiting = len(results) - len(known)
    return f"{first}; {waiting} {'has' if waiting == 1 else 'have'} no figure yet." if waiting else f"{first}."
