"""What people work towards, told as a story: its days may be counted, its words stand on pages that are never changed."""

import datetime
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.sealing.models import Sealed
from programmes.models import Partnership
from programmes.outlook import look_again

from .keys import ContentKey

OPEN = "open"  # the state that every aim begins in
PLAN, REVIEW = "plan", "review"  # the pages that every aim has


class Aim(TenantModel):
    """A goal, or something to learn: when it is due and looked at again, and whether it is open, reached or let go.

    A model that derives from it says in `state` which states it knows; its pages are `entries` that name it.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="%(class)ss")
    state = models.CharField(max_length=7, default=OPEN)
    due_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(state=OPEN, closed_at=None) | (~Q(state=OPEN) & Q(closed_at__isnull=False)),
                name="%(class)s_closed_has_a_time",
            ),
        ]
        triggers = [
            look_again(
                "partnership_id",
                after=pgtrigger.Insert | pgtrigger.UpdateOf("review_on", "state") | pgtrigger.Delete,
            )
        ]

    @property
    def programme_id(self) -> object:
        return self.partnership.programme_id

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def pages(self) -> "models.QuerySet[Any]":
        """Its own story."""
        return self.entries.all()  # type: ignore[attr-defined]

    def new_page(self, **said: Any) -> "Page":
        """A page of its story, not saved yet."""
        raise NotImplementedError


class Page(Sealed):
    """One page of a story, sealed by the partnership's key and never changed afterwards (A4)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey(ContentKey, on_delete=models.PROTECT, related_name="+")
    kind: "models.CharField[Any, Any]"
    number = models.PositiveSmallIntegerField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at: "models.DateTimeField[datetime.datetime, datetime.datetime]" = models.DateTimeField(
        default=timezone.now
    )

    class Meta:
        abstract = True
        base_manager_name = "objects"
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]
