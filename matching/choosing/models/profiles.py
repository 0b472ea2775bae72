"""What people let others read of them, and whether they stay in the pool."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.organisations.models import TenantModel
from programmes.models import Participant


@pghistory.track(exclude=["about"])
class Profile(TenantModel):
    """What somebody lets possible partners read: nothing unless `is_shown`, and then only what they ticked.

    `shows` holds keys of questions whose answers are shown. It can be withdrawn at any time.
    """

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="profile")
    is_shown = models.BooleanField(default=False)
    shows_name = models.BooleanField(default=False)
    shows = models.JSONField(default=list)
    about = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"What {self.participant.person} shows"


class Wish(models.TextChoices):
    STAY = "stay", "Stays in the pool"
    LEAVE = "leave", "Has left the pool"


@pghistory.track()
class Staying(TenantModel):
    """Somebody for whom there was no partner was asked whether they stay in the pool, and what they answered."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="staying")
    wish = models.CharField(max_length=5, choices=Wish.choices, blank=True, default="")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wish__in=["", *Wish.values]), name="staying_wish_known"),
            models.CheckConstraint(
                condition=Q(wish="", answered_at=None) | (~Q(wish="") & Q(answered_at__isnull=False)),
                name="staying_answered_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.participant)
