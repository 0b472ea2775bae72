"""Why a programme should exist, and what should be different because of it."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Programme


@pghistory.track()
class NeedStatement(TenantModel):
    """Why a programme should exist and whom it is for (P1, P3, P4, P5)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="need_statements")
    why = models.TextField("Why should this programme exist?")
    target_group = models.TextField("Who is it for?")
    barriers = models.TextField("What stands in their way?", blank=True)
    mentors_from = models.TextField("Who could mentor them well?", blank=True)
    mission = models.TextField("How does it serve what your organisation has set out to do?", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "programme"], name="need_stated_once")]

    def __str__(self) -> str:
        return "Why the programme should exist"


class Measure(models.TextChoices):
    """How an objective is measured."""

    MEETINGS_SHARE = "meetings_share", "Share of partnerships that met often enough"
    ANSWERS_SHARE = "answers_share", "Share of survey answers that are high enough"
    NUMBER = "number", "A number somebody looks up and enters"


SHARES = (Measure.MEETINGS_SHARE, Measure.ANSWERS_SHARE)


@pghistory.track()
class Objective(TenantModel):
    """Something that should be different at the end, in a figure with a baseline, a target and a date (P5, P6).

    An objective is never deleted: it is taken away with a reason, and stays readable.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="objectives")
    wording = models.CharField("Objective", max_length=200)
    measure = models.CharField("How will you know?", max_length=14, choices=Measure.choices)
    meetings = models.PositiveSmallIntegerField(
        "Meetings that are often enough",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    question = models.CharField("Survey question", max_length=40, blank=True)
    at_least = models.PositiveSmallIntegerField(
        "Answers that are high enough, from 1 to 5",
        null=True,
        blank=True,
        validators=[MinValueValidator(2), MaxValueValidator(5)],
    )
    unit = models.CharField("Unit", max_length=200)
    baseline = models.DecimalField("Baseline", max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("Target", max_digits=12, decimal_places=2)
    due_on = models.DateField("By when")
    position = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    removed_because = models.CharField("Reason", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="objective_measure_known"),
            models.CheckConstraint(
                condition=~Q(measure="meetings_share") | Q(meetings__isnull=False, meetings__gte=1),
                name="objective_says_how_many_meetings",
            ),
            models.CheckConstraint(
                condition=~Q(measure="answers_share") | (~Q(question="") & Q(at_least__isnull=False, at_least__lte=5)),
                name="objective_says_which_answers",
            ),
            models.CheckConstraint(
                condition=Q(measure="number") | Q(target__gte=0, target__lte=100),
                name="objective_share_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(removed_because=""), name="objective_removed_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "programme", "position"])]

    def __str__(self) -> str:
        return self.wording

    @property
    def is_share(self) -> bool:
        return self.measure in SHARES
