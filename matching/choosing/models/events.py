"""A matching event: when and where, who comes, who sits with whom."""

import datetime

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.organisations.models import TenantModel
from programmes.models import Participant

from .lists import Choosing


@pghistory.track()
class Occasion(TenantModel):
    """A matching event: people meet at tables, a few minutes each, and nobody twice (N6, N7)."""

    choosing = models.OneToOneField(Choosing, on_delete=models.CASCADE, related_name="occasion")
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    rounds = models.PositiveSmallIntegerField(default=6)
    minutes = models.PositiveSmallIntegerField(default=6)
    pause = models.PositiveSmallIntegerField(default=2)
    tables = models.PositiveSmallIntegerField(default=20)
    seated_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rounds__gte=1, rounds__lte=30), name="occasion_rounds_sane"),
            models.CheckConstraint(condition=Q(minutes__gte=2, minutes__lte=60), name="occasion_minutes_sane"),
            models.CheckConstraint(condition=Q(pause__lte=30), name="occasion_pause_sane"),
            models.CheckConstraint(condition=Q(tables__gte=1, tables__lte=200), name="occasion_tables_sane"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(seated_at__isnull=False), name="occasion_sent_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return f"Event of {timezone.localdate(self.held_at):%-d %B %Y}"

    def starts(self, round: int) -> datetime.datetime:
        """When a round begins."""
        return self.held_at + datetime.timedelta(minutes=(round - 1) * (self.minutes + self.pause))

    @property
    def ends_at(self) -> datetime.datetime:
        return self.starts(self.rounds) + datetime.timedelta(minutes=self.minutes)


class Attendee(TenantModel):
    """Whether somebody comes to an event."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="attendees")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    is_coming = models.BooleanField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "occasion", "participant"], name="attendee_answers_once"),
        ]

    def __str__(self) -> str:
        return str(self.participant)


class Seat(TenantModel):
    """Two people who meet at a table in one round of an event. The same two never meet twice, nobody is in two places."""

    occasion = models.ForeignKey(Occasion, on_delete=models.CASCADE, related_name="seats")
    round = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "occasion", "mentee", "mentor"], name="seat_never_again"),
            models.UniqueConstraint(
                fields=["organisation", "occasion", "round", "mentee"], name="seat_one_for_a_mentee"
            ),
            models.UniqueConstraint(
                fields=["organisation", "occasion", "round", "mentor"], name="seat_one_for_a_mentor"
            ),
            models.UniqueConstraint(fields=["organisation", "occasion", "round", "table"], name="seat_one_at_a_table"),
            models.CheckConstraint(condition=Q(round__gte=1, table__gte=1), name="seat_numbers_sane"),
        ]

    def __str__(self) -> str:
        return f"Round {self.round}, table {self.table}"
