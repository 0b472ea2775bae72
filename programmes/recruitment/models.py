"""Questions a programme asks, when it recruits, who applied with which answers, and lists that were imported."""

from __future__ import annotations

import datetime
import secrets
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Participant, Programme


class AppliesAs(models.TextChoices):
    """The roles people apply for. Facilitators are appointed."""

    MENTEE = "mentee", "Mentee"
    MENTOR = "mentor", "Mentor"


class AskedOf(models.TextChoices):
    MENTEE = "mentee", "Mentees"
    MENTOR = "mentor", "Mentors"
    BOTH = "both", "Mentees and mentors"


class QuestionKind(models.TextChoices):
    """What an answer looks like; kinds.py says how each is asked, read and written."""

    TEXT = "text", "A few words"
    LONG_TEXT = "long_text", "A few sentences"
    CHOICE = "choice", "One of a list"
    MANY = "many", "Any of a list"
    SCALE = "scale", "A number on a scale"
    PLACE = "place", "A place"
    AVAILABILITY = "availability", "Days and parts of the day"
    RANKED = "ranked", "First, second and third choice"


CURRENT = Q(replaced_at=None)


@pghistory.track()
class Question(TenantModel):
    """One question of a programme's application form (N5, N6). Copied from the blueprint, then the programme's own.

    A question that has been answered is frozen: an edited one is a new version under the same key, so that an answer
    keeps the question it answered. `options` is a list of {key, label}; `most` limits how many are chosen or ranked;
    `low` and `high` name the ends of a scale from 1 to 5. `matching` says how answers are compared, for the step that
    matches. `page` heads the page of the form on which the question stands. `source` is the requirement it comes from.
    `is_equality`: the answers are equality data, which nobody has to give, never count in matching, are shown to no
    partner, and are read in groups of five or more.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    asked_of = models.CharField(max_length=6, choices=AskedOf.choices)
    kind = models.CharField(max_length=12, choices=QuestionKind.choices)
    label = models.CharField("question", max_length=300)
    hint = models.CharField(max_length=500, blank=True)
    why = models.CharField("why we ask", max_length=500, blank=True)
    required = models.BooleanField("an answer is needed", default=True)
    options = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    low = models.CharField(max_length=200, blank=True)
    high = models.CharField(max_length=200, blank=True)
    matching = models.JSONField(default=dict)
    source = models.CharField(max_length=8, blank=True)
    page = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_asked = models.BooleanField("ask this question", default=True)
    is_equality = models.BooleanField("equality data", default=False)
    created_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme", "key", "version"], name="question_version_unique"
            ),
            models.UniqueConstraint(
                fields=["organisation", "programme", "key"], condition=CURRENT, name="question_one_current_version"
            ),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_known"),
            models.CheckConstraint(condition=Q(asked_of__in=AskedOf.values), name="question_asked_of_known"),
            models.CheckConstraint(
                condition=Q(is_equality=False) | Q(required=False, matching={}), name="question_equality_is_free"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def use(self) -> str:
        """How its answers are used when people are matched, in a few words; empty where they are not."""
        if not self.matching.get("comparison"):
            return ""
        if self.matching.get("must"):
            return "Must fit in matching"
        return "Counts in matching" if self.matching.get("weight") else ""

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Options as (key, label)."""
        return [(option["key"], option["label"]) for option in self.options]


@pghistory.track()
class Opening(TenantModel):
    """From when to when a programme takes applications for one role (N2). Without `closes_on` until it is closed."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="openings")
    role = models.CharField(max_length=6, choices=AppliesAs.choices)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "role"], name="opening_once_for_a_role"),
            models.CheckConstraint(condition=Q(role__in=AppliesAs.values), name="opening_role_known"),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")), name="opening_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"Applications for {self.get_role_display().lower()}s"

    def is_open(self, today: datetime.date) -> bool:
        return self.has_begun(today) and not self.is_over(today)

    def has_begun(self, today: datetime.date) -> bool:
        return self.opens_on <= today

    def is_over(self, today: datetime.date) -> bool:
        return self.closed_at is not None or (self.closes_on is not None and self.closes_on < today)


class ApplicationState(models.TextChoices):
    STARTED = "started", "Not finished"
    SUBMITTED = "submitted", "To read"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


DECIDED = (ApplicationState.ACCEPTED, ApplicationState.DECLINED)
READABLE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another


def new_reference() -> str:
    """Eight characters that can be read out on the telephone."""
    return "".join(secrets.choice(READABLE_LETTERS) for _ in range(8))


class Import(TenantModel):
    """A list of people that a co-ordinator uploaded: its cells as they were read, how columns match, what was mended.

    Nothing of it reaches applications before `imported_at`. `before` keeps what undoing needs.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="imports")
    role = models.CharField(max_length=6, choices=AppliesAs.choices)
    file_name = models.CharField(max_length=200)
    headers = models.JSONField()
    cells = models.JSONField()
    columns = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=AppliesAs.values), name="import_role_known"),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(imported_at__isnull=False), name="import_undone_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


@pghistory.track(exclude=["note"])
class Application(TenantModel):
    """Somebody wishes to take part in a role. Started on the public form, or imported.

    `name` and `email` are what the applicant gave. `person` is set only once it is certain whose application it is: for
    somebody signed in when it is started, for anybody else when it is accepted. So a stranger who types an address can
    neither learn whether it is known, nor show its owner to this organisation, nor change the owner's name.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="applications")
    role = models.CharField(max_length=6, choices=AppliesAs.choices)
    name = models.CharField("full name", max_length=120)
    email = models.EmailField("e-mail address")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    participant = models.OneToOneField(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="application"
    )
    imported_by = models.ForeignKey(
        Import, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    state = models.CharField(max_length=9, choices=ApplicationState.choices, default=ApplicationState.STARTED)
    reference = models.CharField(max_length=8, default=new_reference)
    note = models.TextField("notes of your conversation", blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="application_reference_unique"),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
            models.CheckConstraint(condition=Q(role__in=AppliesAs.values), name="application_role_known"),
            models.CheckConstraint(
                condition=Q(state="started") | Q(submitted_at__isnull=False) | Q(state="withdrawn"),
                name="application_submitted_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="application_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False), name="application_withdrawn_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(participant=None) | Q(state="accepted"), name="application_participates_when_accepted"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "programme", "state", "role"]),
            models.Index(fields=["organisation", "programme", "email"]),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display().lower()}"

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email

    @property
    def is_started(self) -> bool:
        return self.state == ApplicationState.STARTED

    @property
    def is_submitted(self) -> bool:
        return self.state == ApplicationState.SUBMITTED

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED


class Answer(TenantModel):
    """What somebody answered, and to which version of the question; kinds.py says the shape of `value`."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value: Any = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "application", "question"], name="answer_once_to_a_question"
            ),
        ]

    def __str__(self) -> str:
        return str(self.question)
