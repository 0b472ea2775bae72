"""What people ask, complain of and are worried about. The database keeps each from everybody but its own readers.

An enquiry is read by whoever asked and by the programme's co-ordinators; a complaint by whoever made it and by the
organisation's administrators; a concern by whoever raised it and by the named lead for safeguarding, nobody else.
"""

import datetime

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, Rows
from mentoring.sealing.models import Sealed, SealingKey
from programmes.models import Partnership, Programme

ACKNOWLEDGED_WITHIN = datetime.timedelta(days=30)
LONGEST = 5000  # characters

CURRENT = f"m.person_id = {ASKING_PERSON} and m.ended_at is null"
FOR_COORDINATORS = Rows(
    only=(
        f"asked_by_id = {ASKING_PERSON} or programme_id in (select m.programme_id from organisations_membership m "
        f"where m.role = 'coordinator' and {CURRENT})"
    )
)
FOR_ADMINISTRATORS = Rows(
    only=(
        f"made_by_id = {ASKING_PERSON} or "
        f"exists (select from organisations_membership m where m.role = 'administrator' and {CURRENT} "
        "and m.organisation_id = (select app_organisation_if_any()))"
    )
)
FOR_THE_LEAD = Rows(
    only=(
        f"raised_by_id = {ASKING_PERSON} or {ASKING_PERSON} in "
        "(select l.person_id from help_safeguardinglead l where l.ended_at is null)"
    )
)


class EnquiryKind(models.TextChoices):
    QUESTION = "question", "I have a question"
    PROBLEM = "problem", "Something is difficult"


@pghistory.track(exclude=["words", "answer"])
class Enquiry(TenantModel):
    """Something asked of, or told to, those who run the programme, and their answer (O20, K9).

    `page` is where it was asked from.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="enquiries")
    kind = models.CharField(max_length=10, choices=EnquiryKind.choices, default=EnquiryKind.QUESTION)
    words = models.TextField(max_length=LONGEST)
    page = models.CharField(max_length=300, blank=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(max_length=LONGEST, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    rows = FOR_COORDINATORS

    class Meta:
        verbose_name_plural = "enquiries"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EnquiryKind.values), name="enquiry_kind_known"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__gte=F("asked_at"), answered_by__isnull=False),
                name="enquiry_answered_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "programme", "answered_at"])]

    def __str__(self) -> str:
        return f"{EnquiryKind(self.kind).name.capitalize()} of {timezone.localdate(self.asked_at):%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class Suggestion(TenantModel):
    """A note from the suggestion box (Q2). Without a name, a time or a history: nothing that is kept leads back."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="suggestions")
    words = models.TextField(max_length=LONGEST)
    dropped_on = models.DateField()

    def __str__(self) -> str:
        return f"Suggestion of {self.dropped_on:%-d %B %Y}"


@pghistory.track(exclude=["words", "answer"])
class Complaint(TenantModel):
    """A complaint to the organisation, which says within 30 days that it has it, and later what came of it (D7)."""

    words = models.TextField(max_length=LONGEST)
    about = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    acknowledged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=LONGEST, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    rows = FOR_ADMINISTRATORS

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="complaint_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(acknowledged_at__isnull=False),
                name="complaint_answered_when_acknowledged",
            ),
        ]

    def __str__(self) -> str:
        return f"Complaint of {timezone.localdate(self.made_at):%-d %B %Y}"

    @property
    def acknowledge_by(self) -> datetime.date:
        return timezone.localdate(self.made_at + ACKNOWLEDGED_WITHIN)


@pghistory.track()
class SafeguardingLead(TenantModel):
    """Who reads concerns about somebody's safety. One person at a time, named by an administrator."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_at=None), name="safeguarding_lead_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, lead for safeguarding"


class ConcernKey(SealingKey):
    """The key of one concern's words."""

    rows = Rows()

    @property
    def owner(self) -> str:
        return "concern"

    def __str__(self) -> str:
        return f"Key {self.pk}"


@pghistory.track(exclude=["words"])
class Concern(Sealed):
    """A worry about somebody's safety, for the named lead alone (D7). The database holds ciphertext."""

    key = models.OneToOneField(ConcernKey, on_delete=models.PROTECT, related_name="concern")
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    rows = FOR_THE_LEAD

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(read_at__isnull=False), name="concern_closed_when_read"
            )
        ]

    def __str__(self) -> str:
        return "A concern"

    @property
    def said(self) -> str:
        return str(self.words.get("said", ""))

    @property
    def programme_name(self) -> str:
        return str(self.words.get("programme", ""))
