"""Meetings that are planned: when, how and where. What is on their agenda is the partners' own."""

import datetime

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.clocks import zone
from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Partnership
from programmes.outlook import look_again

from .meetings import LONGEST_MEETING, Medium, Meeting
from .records import PartnersWords
from .shown import UNLESS_KEPT


class PlannedState(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Met"
    MISSED = "missed", "Did not meet"
    CANCELLED = "cancelled", "Cancelled"


class SessionKind(models.TextChoices):
    """Kinds of session that a circle has (M5); a pair's meeting has none."""

    NONE = "", "Nothing special"
    TOPIC = "topic", "A topic you chose"
    SPEAKER = "speaker", "A visiting speaker"
    VISIT = "visit", "A visit"
    OPEN_SPACE = "open_space", "Open space, in turns"


@pghistory.track()
class PlannedMeeting(TenantModel):
    """When partners mean to meet: activity, which may be counted and reminded of (G2, G6).

    `starts_at` is a moment; `time_zone` is the clock by which it was chosen. `sequence` counts its changes, for
    calendars. `first_turn`: whose questions come first, where partners take turns. `meeting` is the log that settled it. Agenda and reasons are words of the partners alone.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="planned_meetings")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    time_zone = models.CharField(max_length=40, default="Europe/London")
    medium = models.CharField(max_length=12, choices=Medium.choices)
    place = models.CharField(max_length=200, blank=True)
    session = models.CharField(max_length=10, choices=SessionKind.choices, blank=True)
    first_turn = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=PlannedState.choices, default=PlannedState.PLANNED)
    sequence = models.PositiveSmallIntegerField(default=0)
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="plan")
    kept = models.OneToOneField(PartnersWords, on_delete=models.PROTECT, related_name="+")

    rows = UNLESS_KEPT

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlannedState.values), name="planned_meeting_state_known"),
            models.CheckConstraint(condition=Q(session__in=SessionKind.values), name="planned_meeting_session_known"),
            models.CheckConstraint(condition=Q(medium__in=Medium.values), name="planned_meeting_medium_known"),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, LONGEST_MEETING)), name="planned_meeting_length_sane"
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at=None)),
                name="planned_meeting_cancelled_has_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["held", "missed"]) & Q(meeting__isnull=False))
                | (Q(state__in=["planned", "cancelled"]) & Q(meeting=None)),
                name="planned_meeting_settled_by_a_log",
            ),
            models.UniqueConstraint(
                fields=["organisation", "partnership", "starts_at"],
                condition=Q(state="planned"),
                name="planned_meeting_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "starts_at"], condition=Q(state="planned"), name="planned_meeting_due"
            ),
        ]
        triggers = [
            look_again(
                "partnership_id",
                after=pgtrigger.Insert | pgtrigger.UpdateOf("starts_at", "state") | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"Meeting planned for {self.day:%-d %B %Y}"

    @property
    def programme_id(self) -> object:
        return self.partnership.programme_id

    @property
    def ends_at(self) -> datetime.datetime:
        return self.starts_at + datetime.timedelta(minutes=self.minutes)

    @property
    def day(self) -> datetime.date:
        """The day by the clock that it was chosen by."""
        return timezone.localdate(self.starts_at, zone(self.time_zone))

    @property
    def is_planned(self) -> bool:
        return self.state == PlannedState.PLANNED
