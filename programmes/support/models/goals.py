"""The action plan: goals, and every version of what was planned, reviewed and thought about them."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.sealing.models import Sealed
from programmes.models import Partnership
from programmes.outlook import look_again

from ..plans.change import say_holding_back, say_posture
from .keys import ContentKey
from .records import partners_since


class GoalState(models.TextChoices):
    OPEN = "open", "Working on it"
    REACHED = "reached", "Reached"
    LET_GO = "let_go", "Let go"


@pghistory.track()
class Goal(TenantModel):
    """One goal of a partnership (A1, A2): its dates may be counted and reminded of; what it is stays the partners' own."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="goals")
    state = models.CharField(max_length=7, choices=GoalState.choices, default=GoalState.OPEN)
    due_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GoalState.values), name="goal_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="goal_closed_has_a_time",
            ),
        ]
        triggers = [
            look_again(
                "partnership_id",
                after=pgtrigger.Insert | pgtrigger.UpdateOf("review_on", "state") | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"Goal of {self.partnership_id}"

    @property
    def programme_id(self) -> object:
        return self.partnership.programme_id

    @property
    def is_open(self) -> bool:
        return self.state == GoalState.OPEN


class EntryKind(models.TextChoices):
    PLAN = "plan", "Plan"
    REVIEW = "review", "Review"
    GROW = "grow", "Thought through"
    OSKAR = "oskar", "Where you are"


@pghistory.track(exclude=["words"])
class GoalEntry(Sealed):
    """One page in the story of a goal, never changed afterwards (A4): a version of its plan, a review, a path of thought."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="entries")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(ContentKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=EntryKind.choices)
    number = models.PositiveSmallIntegerField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    rows = partners_since("written_at::date")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="goal_entry_kind_known"),
            models.UniqueConstraint(fields=["organisation", "goal", "number"], name="goal_entry_numbered_once"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def posture(self) -> str:
        """How they stand towards the change that a plan means, in words (A9)."""
        return say_posture(self.words)

    @property
    def holding_back(self) -> list[str]:
        return say_holding_back(self.words)
