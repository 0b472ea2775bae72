"""What somebody learned by mentoring, for their own record of development."""

import pghistory
from django.db import models
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import people_only
from programmes.models import Programme

from .meetings import LONGEST_MEETING


@pghistory.track(exclude=["what"])
class LearningEntry(TenantModel):
    """Time for development that is neither a meeting nor a session, in somebody's own log (R1, X11). Theirs alone."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    what = models.TextField()
    noted_at = models.DateTimeField(default=timezone.now)

    rows = people_only()

    class Meta:
        verbose_name_plural = "learning entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__range=(1, LONGEST_MEETING)), name="learning_entry_length_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"Learning on {self.on}"
