"""Actions that partners agree on: who, by when, and whether it is done. What it is stays their own."""

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Partnership
from programmes.outlook import look_again

from .meetings import Meeting
from .records import PartnersWords


@pghistory.track()
class ActionPoint(TenantModel):
    """Something one partner will do, or all of them where `person` is empty (G9, G10).

    One that was noted in a box of a meeting's record names the box, and follows what is written there.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="action_points")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="action_points")
    box = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField(default=timezone.now)
    kept = models.OneToOneField(PartnersWords, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "meeting", "box"],
                condition=~models.Q(box=""),
                name="action_point_once_for_a_box",
            ),
            models.CheckConstraint(
                condition=models.Q(box="") | models.Q(meeting__isnull=False), name="action_point_box_has_a_meeting"
            ),
        ]
        triggers = [
            look_again(
                "partnership_id",
                after=pgtrigger.Insert | pgtrigger.UpdateOf("due_on", "done_at", "person_id") | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"Action of {self.partnership_id}"

    @property
    def programme_id(self) -> object:
        return self.partnership.programme_id
