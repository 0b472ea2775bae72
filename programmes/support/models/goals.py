"""The action plan: goals, and every version of what was planned, reviewed and thought about them."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from ..plans.change import say_holding_back, say_posture
from .records import partners_since
from .stories import OPEN, PLAN, REVIEW, Aim, Page


class GoalState(models.TextChoices):
    OPEN = OPEN, "Working on it"
    REACHED = "reached", "Reached"
    LET_GO = "let_go", "Let go"


@pghistory.track()
class Goal(Aim):
    """One goal of a partnership (A1, A2): its dates may be counted and reminded of; what it is stays the partners' own.

    `need`: what somebody wants to learn by it, where it came from a development plan (A5).
    """

    state = models.CharField(max_length=7, choices=GoalState.choices, default=GoalState.OPEN)
    need = models.ForeignKey(
        "support.DevelopmentNeed", on_delete=models.PROTECT, null=True, blank=True, related_name="goals"
    )

    class Meta(Aim.Meta):
        constraints = [
            *Aim.Meta.constraints,
            models.CheckConstraint(condition=Q(state__in=GoalState.values), name="goal_state_known"),
        ]

    def __str__(self) -> str:
        return f"Goal of {self.partnership_id}"

    def new_page(self, **said: Any) -> "GoalEntry":
        return GoalEntry(goal=self, **said)


class EntryKind(models.TextChoices):
    PLAN = PLAN, "Plan"
    REVIEW = REVIEW, "Review"
    GROW = "grow", "Thought through"
    OSKAR = "oskar", "Where you are"


@pghistory.track(exclude=["words"])
class GoalEntry(Page):
    """One page in the story of a goal: a version of its plan, a review, a path of thought."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=6, choices=EntryKind.choices)

    rows = partners_since("written_at::date")

    class Meta(Page.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="goal_entry_kind_known"),
            models.UniqueConstraint(fields=["organisation", "goal", "number"], name="goal_entry_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def posture(self) -> str:
        """How they stand towards the change that a plan means, in words (A9)."""
        return say_posture(self.words)

    @property
    def holding_back(self) -> list[str]:
        return say_holding_back(self.words)
