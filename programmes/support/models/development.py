"""A person's own development plan in a partnership (A5): where they stand, what they need to learn, and who reads it."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, Rows
from programmes.models import Member, ParticipantRole, Partnership

from ..development.asked import say_ways
from .stories import OPEN, PLAN, REVIEW, Aim, Page


class Readers(models.TextChoices):
    ME = "me", "Only me"
    MENTORS = "mentors", "Me and whoever mentors me here"
    ALL = "all", "Everybody in the partnership"


# Its owner, and the members whom they chose to show it to. Where nobody asks it is the system, which reminds them. The
# columns are the protected table's own, also in its history table.
SHOWN_BY_CHOICE = Rows(
    only=(
        f"{ASKING_PERSON} is null or person_id = {ASKING_PERSON} or (partnership_id, true) in ("
        "select m.partnership_id, readers = 'all' or (readers = 'mentors' and m.role <> 'mentee') "
        f"from programmes_member m where m.person_id = {ASKING_PERSON} and m.left_at is null)"
    )
)
OF_A_PLAN_SHOWN = Rows(only="plan_id in (select d.id from support_developmentplan d)")


@pghistory.track()
class DevelopmentPlan(TenantModel):
    """Whose plan it is, in which partnership, and who reads it: its owner says so, and may say otherwise (decision 25)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="development_plans")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    readers = models.CharField(max_length=7, choices=Readers.choices, default=Readers.ME)
    made_at = models.DateTimeField(default=timezone.now)

    rows = SHOWN_BY_CHOICE

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(readers__in=Readers.values), name="development_plan_readers_known"),
            models.UniqueConstraint(
                fields=["organisation", "partnership", "person"], name="development_plan_once_for_each"
            ),
        ]

    def __str__(self) -> str:
        return f"Development plan of {self.person_id}"

    @property
    def programme_id(self) -> object:
        return self.partnership.programme_id

    def is_shown_to(self, member: Member) -> bool:
        """Whether this member of the partnership reads it; the database says the same (`SHOWN_BY_CHOICE`)."""
        if member.person_id == self.person_id or self.readers == Readers.ALL:
            return True
        return self.readers == Readers.MENTORS and member.role != ParticipantRole.MENTEE

    @property
    def pages(self) -> "models.QuerySet[DevelopmentEntry]":
        """Where its owner stood, each time they looked; the pages of needs are theirs."""
        return self.entries.filter(need=None)

    def new_page(self, **said: Any) -> "DevelopmentEntry":
        return DevelopmentEntry(plan=self, **said)


class NeedState(models.TextChoices):
    OPEN = OPEN, "Working on it"
    MET = "met", "Met"
    LET_GO = "let_go", "Let go"


@pghistory.track()
class DevelopmentNeed(Aim):
    """Something to learn, or to become able to do. Its dates are reminded of; nobody else is shown that it is there."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="needs")
    state = models.CharField(max_length=7, choices=NeedState.choices, default=NeedState.OPEN)

    rows = OF_A_PLAN_SHOWN

    class Meta(Aim.Meta):
        constraints = [
            *Aim.Meta.constraints,
            models.CheckConstraint(condition=Q(state__in=NeedState.values), name="development_need_state_known"),
        ]

    def __str__(self) -> str:
        return f"Need of {self.plan_id}"

    def new_page(self, **said: Any) -> "DevelopmentEntry":
        return DevelopmentEntry(plan_id=self.plan_id, need=self, **said)


class DevelopmentKind(models.TextChoices):
    STANDING = "standing", "Where I stand"
    PLAN = PLAN, "Plan"
    REVIEW = REVIEW, "Review"


# Whoever is shown the plan, as long as they are in the partnership; who joined later, what was written since (decision 24).
SHOWN = Rows(
    only=(
        "(plan_id, true) in (select d.id, d.person_id = m.person_id or m.reads_from is null "
        "or written_at::date >= m.reads_from from support_developmentplan d "
        "join programmes_member m on m.partnership_id = d.partnership_id "
        f"where m.person_id = {ASKING_PERSON} and m.left_at is null and (d.person_id = m.person_id "
        "or d.readers = 'all' or (d.readers = 'mentors' and m.role <> 'mentee')))"
    )
)


@pghistory.track(exclude=["words"])
class DevelopmentEntry(Page):
    """One page of a development plan: where its owner stands, or a version or a review of one need."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="entries")
    need = models.ForeignKey(DevelopmentNeed, on_delete=models.CASCADE, null=True, blank=True, related_name="entries")
    kind = models.CharField(max_length=8, choices=DevelopmentKind.choices)

    rows = SHOWN

    class Meta(Page.Meta):
        verbose_name_plural = "development entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="standing", need=None) | Q(kind__in=(PLAN, REVIEW), need__isnull=False),
                name="development_entry_kind_fits",
            ),
            models.UniqueConstraint(
                fields=["organisation", "plan", "need", "number"],
                name="development_entry_numbered_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def ways(self) -> list[str]:
        """How a need is met, in words."""
        return say_ways(self.words)
