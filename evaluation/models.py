"""Surveys, their answers, and figures entered by hand.

An anonymous answer is tied to nobody: it keeps neither a person nor an invitation nor a time, its key is random (the
house's own keys begin with the time), and its table keeps no history.
"""

import datetime
import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Participant, Programme
from programmes.needs.models import Objective


class QuestionKind(models.TextChoices):
    SCALE = "scale", "From 1 to 5"
    CHOICE = "choice", "One of several"
    TEXT = "text", "In words"


class AskedRole(models.TextChoices):
    MENTEE = "mentee", "Mentees"
    MENTOR = "mentor", "Mentors"


@pghistory.track()
class SurveyQuestion(TenantModel):
    """A question of the programme's own survey, copied from its blueprint (E5, E6)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="survey_questions")
    key = models.CharField(max_length=40)
    role = models.CharField(max_length=6, choices=AskedRole.choices)
    kind = models.CharField(max_length=6, choices=QuestionKind.choices)
    label = models.CharField(max_length=200)
    options = models.JSONField(default=list, blank=True)
    low = models.CharField("what 1 means", max_length=200, blank=True)
    high = models.CharField("what 5 means", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "key"], name="survey_question_once"),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="survey_question_kind_known"),
            models.CheckConstraint(condition=Q(role__in=AskedRole.values), name="survey_question_role_known"),
        ]

    def __str__(self) -> str:
        return self.label


@pghistory.track()
class Survey(TenantModel):
    """The questions were sent to everybody who was in a partnership. Anonymous or named is decided before and stays."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="surveys")
    is_anonymous = models.BooleanField()
    closes_on = models.DateField()
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme"], condition=Q(closed_at=None), name="survey_open_once"
            ),
        ]

    def __str__(self) -> str:
        return "Survey at the end"

    def is_open(self, today: datetime.date) -> bool:
        """Whether answers are taken: up to and including the last day, unless it was closed before."""
        return self.closed_at is None and today <= self.closes_on


class SurveyInvitation(TenantModel):
    """One person's link to a survey, which works once. The secret in the link is kept as a hash.

    `answered_on` is a day, not a time, so that nothing in it can be laid beside an anonymous answer.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=6, choices=AskedRole.choices)
    secret_sha256 = models.CharField(max_length=64)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "survey", "participant"], name="invited_to_survey_once"),
            models.UniqueConstraint(fields=["organisation", "secret_sha256"], name="survey_link_unique"),
        ]

    def __str__(self) -> str:
        return f"Invitation of a {self.get_role_display().lower().removesuffix('s')}"


class SurveyResponse(TenantModel):
    """What somebody answered, by the question's key. Of an anonymous survey nobody can say who."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="responses")
    role = models.CharField(max_length=6, choices=AskedRole.choices)
    is_anonymous = models.BooleanField()
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "survey", "participant"], name="named_response_once"),
            models.CheckConstraint(
                condition=Q(is_anonymous=True, participant=None) | Q(is_anonymous=False, participant__isnull=False),
                name="anonymous_response_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"Answers of a {self.get_role_display().lower().removesuffix('s')}"


@pghistory.track()
class Measurement(TenantModel):
    """A figure that somebody looked up for an objective: when it was so, and where it comes from (E1)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="measurements")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="measurements")
    value = models.DecimalField("Figure", max_digits=12, decimal_places=2)
    measured_on = models.DateField("As of")
    source = models.CharField("Source", max_length=200)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="measurement_has_a_source")]
        indexes = [models.Index(fields=["organisation", "objective", "-measured_on"])]

    def __str__(self) -> str:
        return f"{self.objective}: {self.value.normalize():f}"
