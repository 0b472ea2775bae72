"""Meetings: that they took place, when and for how long. Activity, never content."""

import datetime
from uuid import UUID

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Partnership
from programmes.outlook import look_again

from .shown import OF_A_MEETING_SHOWN, UNLESS_KEPT


class MeetingKind(models.TextChoices):
    HELD = "held", "Met"
    NOT_MET = "not_met", "Did not meet"


class Medium(models.TextChoices):
    """Ways of meeting (G1). A batch of e-mails may be one dialogue; a platform for mentoring counts as another way."""

    FACE_TO_FACE = "face_to_face", "In person"
    VIDEO = "video", "Video"
    PHONE = "phone", "Phone"
    EMAIL = "email", "E-mail"
    MESSENGER = "messenger", "Messages"
    OTHER = "other", "Another way"


class Usefulness(models.TextChoices):
    VERY = "very", "Very"
    FAIRLY = "fairly", "Fairly"
    NOT_MUCH = "not_much", "Not much"


LONGEST_MEETING = 24 * 60  # minutes

DAY_LOGGED = Cast(
    Func(Value("UTC"), F("logged_at"), function="timezone", output_field=models.DateTimeField()), models.DateField()
)


@pghistory.track()
class Meeting(TenantModel):
    """That partners met on a day, or that they did not: activity, never content (G1, G10).

    One row for a partnership and a day, however many partners log it. `met_on` is the day by the calendar where they
    are; of a meeting that did not take place, the day it was meant for. A batch of e-mails is one meeting, from
    `began_on` to `met_on` (G1). `next_on` is when they mean to meet next. Where all have signed that the co-ordinator
    reads nothing, the database shows it to the partners alone (C6).
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=7, choices=MeetingKind.choices, default=MeetingKind.HELD)
    met_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    medium = models.CharField(max_length=12, choices=Medium.choices, blank=True)
    began_on = models.DateField(null=True, blank=True)
    next_on = models.DateField(null=True, blank=True)
    logged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(default=timezone.now)

    rows = UNLESS_KEPT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "partnership", "met_on"], name="meeting_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(1, LONGEST_MEETING)), name="meeting_length_sane"
            ),
            models.CheckConstraint(
                condition=Q(kind="held", minutes__isnull=False, medium__in=Medium.values)
                | Q(kind="not_met", minutes=None, medium=""),
                name="meeting_held_says_how",
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=F("met_on")), name="meeting_next_is_later"
            ),
            models.CheckConstraint(
                condition=Q(began_on=None) | Q(began_on__lte=F("met_on"), medium="email"),
                name="meeting_batch_of_emails",
            ),
            models.CheckConstraint(
                # The day has begun somewhere on earth: UTC is at most fourteen hours behind.
                condition=Q(met_on__lte=DAY_LOGGED + datetime.timedelta(days=1)),
                name="meeting_not_in_the_future",
            ),
        ]
        triggers = [
            look_again(
                "partnership_id",
                after=pgtrigger.Insert | pgtrigger.UpdateOf("met_on", "kind", "next_on") | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        word = "Meeting on" if self.is_held else "No meeting on"
        return f"{word} {date_format(self.met_on, 'j F Y')}"

    @property
    def programme_id(self) -> UUID:
        return self.partnership.programme_id

    @property
    def is_held(self) -> bool:
        return self.kind == MeetingKind.HELD


@pghistory.track()
class MeetingLog(TenantModel):
    """One partner's log of a meeting, and how useful they found it. Shown to others only as a total of many."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="logs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    usefulness = models.CharField(max_length=8, choices=Usefulness.choices, blank=True)
    logged_at = models.DateTimeField(default=timezone.now)

    rows = OF_A_MEETING_SHOWN

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "meeting", "person"], name="meeting_logged_once_by_each"),
            models.CheckConstraint(
                condition=Q(usefulness__in=["", *Usefulness.values]), name="meeting_usefulness_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, logged by {self.person}"
