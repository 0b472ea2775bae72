"""What new agreements are made from."""

import pghistory
from django.db import models
from django.db.models import Q

from mentoring.organisations.models import PartnerOrganisation, TenantModel
from programmes.models import Model, Programme


@pghistory.track(exclude=["clauses"])
class AgreementTemplate(TenantModel):
    """What new agreements are made from: a programme's own, or the organisation's for one model of mentoring.

    Without clauses (None) a programme follows the organisation's, and where there are none the platform's. Agreements
    that were opened keep the clauses they began with.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, null=True, related_name="+")
    model = models.CharField(max_length=12, choices=Model.choices, blank=True)
    clauses = models.JSONField(null=True)
    partner = models.ForeignKey(
        PartnerOrganisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="also a party",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "programme", "model"], nulls_distinct=False, name="template_once"
            ),
            models.CheckConstraint(
                condition=Q(programme__isnull=False, model="")
                | Q(programme=None, model__in=Model.values, clauses__isnull=False),
                name="template_of_a_programme_or_a_model",
            ),
        ]

    def __str__(self) -> str:
        return f"Agreements of {self.programme}" if self.programme else f"Agreements: {self.get_model_display()}"
