"""How a programme will be run: dates, money, a named supporter, who approved it, and the policies it refers to."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Programme

LONGEST_REST = 60  # months between two reviews of a policy


@pghistory.track()
class Plan(TenantModel):
    """The implementation plan (P7, P8). The programme's own start and end are the programme's."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="plans")
    purpose = models.TextField("What will be done, in a few sentences", blank=True)
    supporter = models.CharField("Named supporter", max_length=120, blank=True)
    supporter_role = models.CharField("Their position", max_length=120, blank=True)
    recruitment_opens_on = models.DateField("Recruitment opens", null=True, blank=True)
    recruitment_closes_on = models.DateField("Recruitment closes", null=True, blank=True)
    training_on = models.DateField("Training", null=True, blank=True)
    reviewed_on = models.DateField("Mid-term review", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme"], name="plan_of_a_programme_once"),
            models.CheckConstraint(
                condition=Q(recruitment_opens_on=None)
                | Q(recruitment_closes_on=None)
                | Q(recruitment_closes_on__gte=F("recruitment_opens_on")),
                name="plan_recruitment_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return "Plan"


@pghistory.track()
class BudgetLine(TenantModel):
    """What something costs: planned, and spent so far. In pounds (P12)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="budget_lines")
    what = models.CharField("What it is for", max_length=200)
    planned = models.DecimalField(
        "Planned, in pounds", max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    spent = models.DecimalField(
        "Spent so far, in pounds", max_digits=10, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(planned__gte=0, spent__gte=0), name="budget_line_not_negative"),
        ]
        indexes = [models.Index(fields=["organisation", "programme", "position"])]

    def __str__(self) -> str:
        return self.what


class Approval(TenantModel):
    """Somebody who answers for the programme approved the plan as it then was. Never changed or deleted.

    `content` is what was approved, section by section: a plan that differs from it needs approval again.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="approvals")
    approved_on = models.DateField("Approved on")
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    content = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "programme", "-created_at"])]

    def __str__(self) -> str:
        return f"Plan approved on {self.approved_on:%-d %B %Y}"


@pghistory.track()
class WrittenPolicy(TenantModel):
    """A policy that the programme refers to (P15, D1): who looks after it, and by when it is looked at again.

    `place` says where it can be read; the policy itself stays there. `review_on` is `every_months` after `reviewed_on`.
    `is_for_all`: everybody who takes part says once for each version that they have read it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="policies")
    name = models.CharField("What it is called", max_length=120)
    owner = models.CharField("Who looks after it", max_length=120)
    place = models.CharField("Where it can be read", max_length=300, blank=True)
    version = models.CharField("Version", max_length=40, blank=True)
    is_for_all = models.BooleanField("Everybody who takes part is asked to read it", default=False)
    reviewed_on = models.DateField("Last reviewed on")
    every_months = models.PositiveSmallIntegerField(
        "Months between two reviews", default=12, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_REST)]
    )
    review_on = models.DateField()

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "name"], name="policy_named_once"),
            models.CheckConstraint(condition=Q(every_months__range=(1, LONGEST_REST)), name="policy_reviewed_in_time"),
            models.CheckConstraint(condition=Q(review_on__gt=F("reviewed_on")), name="policy_review_is_later"),
        ]
        indexes = [models.Index(fields=["organisation", "review_on"])]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where it can be read, if that is an address on the web."""
        return self.place if self.place.startswith(("https://", "http://")) else ""


@pghistory.track()
class Acknowledgement(TenantModel):
    """Somebody said that they have read a policy as this version has it (D1, P16)."""

    policy = models.ForeignKey(WrittenPolicy, on_delete=models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "policy", "version", "person"], name="version_acknowledged_once_by_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} has read {self.policy}"
