"""Every message that leaves, from draft to sent."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, KEPT_FROM_ASKING, Rows

# When partners meet is told to nobody else where they signed so, by no letter either (decision 23).
NOT_OF_MEETINGS_KEPT = Rows(
    only=(
        f"meetings_of = '{{}}' or {ASKING_PERSON} is null or to_id = {ASKING_PERSON} "
        f"or not meetings_of && array({KEPT_FROM_ASKING})"
    )
)


class MessageState(models.TextChoices):
    DRAFT = "draft", "Waiting for you to read it"
    QUEUED = "queued", "Will be sent"
    LEASED = "leased", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be sent"
    CANCELLED = "cancelled", "Not sent"
    GATHERED = "gathered", "In one letter with others"


@pghistory.track(exclude=["subject", "body", "calendar", "last_error"])
class Message(TenantModel):
    """One message to one person, written in the transaction of the action that promised it.

    (organisation, kind, key) says what is promised, so that promising twice sends once. A worker holds a message by a
    lease, never by a lock; `message_id` is fixed when the row is written, so a repeated delivery can be recognised.

    by_day: it waits for daylight where its reader is, for the end of a pause, and for the day's one letter where the
    reader wants that; `gathered_in` is then the letter it went in.

    meetings_of: the partnerships of whose meetings it tells. The database keeps it from those who may not know of them.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    programme_id = models.UUIDField(null=True, blank=True)
    to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    address = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    calendar = models.TextField(blank=True)
    optional = models.BooleanField(default=False)
    by_day = models.BooleanField(default=False)
    meetings_of = ArrayField(models.UUIDField(), default=list, blank=True)
    gathered_in = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="gathered")
    state = models.CharField(max_length=9, choices=MessageState.choices, default=MessageState.QUEUED)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=200)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    rows = NOT_OF_MEETINGS_KEPT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="message_promised_once"),
            models.UniqueConstraint(fields=["organisation", "message_id"], name="message_id_unique"),
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_known"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="message_sent_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="gathered", gathered_in__isnull=False) | (~Q(state="gathered") & Q(gathered_in=None)),
                name="message_gathered_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_at"], condition=Q(state__in=["queued", "leased"]), name="message_due"
            ),
            models.Index(fields=["organisation", "programme_id", "-created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.kind}"


class Due(models.Model):
    """Which organisations have something to send, and when next. Outside tenancy; says nothing else."""

    organisation_id = models.UUIDField(primary_key=True)
    next_due_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.next_due_at)
