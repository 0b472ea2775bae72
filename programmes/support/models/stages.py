"""Where a partnership is on its way, as its members see it."""

import pghistory
from django.db import models
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Partnership


class Stage(models.TextChoices):
    """The five stages of a relationship (X1)."""

    RAPPORT = "rapport", "Getting to know each other"
    DIRECTION = "direction", "Setting a direction"
    PROGRESS = "progress", "Making progress"
    WINDING_UP = "winding_up", "Winding up"
    MOVING_ON = "moving_on", "Moving on"


@pghistory.track()
class StageReached(TenantModel):
    """That a partnership came to a stage, and when. Nobody is held to an order; a stage may be left out."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "partnership", "stage"], name="stage_reached_once"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="stage_known"),
        ]

    def __str__(self) -> str:
        return self.get_stage_display()
