"""What the co-ordinator decides about matches, and what each round proposed."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Participant, Programme


class ExclusionReason(models.TextChoices):
    """Why two people may never be matched in this programme (S9)."""

    LINE_MANAGEMENT = "line", "One manages the other"
    CONFLICT = "conflict", "They have a conflict of interest"
    ACQUAINTED = "acquainted", "They know each other too well"
    JUDGEMENT = "judgement", "The co-ordinator's judgement"


@pghistory.track()
class Exclusion(TenantModel):
    """Not these two. Every later round keeps to it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="exclusions")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=ExclusionReason.choices, default=ExclusionReason.JUDGEMENT)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "mentee", "mentor"], name="exclusion_said_once"),
            models.CheckConstraint(condition=~Q(mentee=models.F("mentor")), name="exclusion_of_two"),
            models.CheckConstraint(condition=Q(reason__in=ExclusionReason.values), name="exclusion_reason_known"),
        ]

    def __str__(self) -> str:
        return f"not {self.mentee.person} with {self.mentor.person}"


class RoundState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    CONFIRMED = "confirmed", "Confirmed"
    REPLACED = "replaced", "Replaced by a later round"


@pghistory.track(exclude=["instance", "outcome"])
class Round(TenantModel):
    """One run of the engine: what it was asked (`instance`), what it answered (`outcome`, with its certificate).

    `is_proved`: the engine's separate checker found that no better round exists.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.PROPOSED)
    instance = models.JSONField()
    outcome = models.JSONField()
    is_proved = models.BooleanField(default=False)
    run_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    run_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "number"], name="round_number_unique"),
            models.UniqueConstraint(
                fields=["organisation", "programme"], condition=Q(state="proposed"), name="round_proposed_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="round_confirmed_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.number}"

    @property
    def is_proposed(self) -> bool:
        return self.state == RoundState.PROPOSED


@pghistory.track(exclude=["reasons"])
class Proposal(TenantModel):
    """A mentee and what the round says of them: a mentor with reasons, or nobody (`mentor` empty) and why.

    `reasons` is a list of {"good": true or false, "words": …}. `points` are whole, higher is better.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="proposals")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, related_name="+")
    points = models.IntegerField(default=0)
    most_points = models.IntegerField(default=0)
    reasons = models.JSONField(default=list)
    is_locked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "round", "mentee"], name="proposal_one_for_a_mentee"),
            models.CheckConstraint(
                condition=Q(is_locked=False) | Q(mentor__isnull=False), name="proposal_locked_has_a_mentor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentee.person} with {self.mentor.person if self.mentor else 'nobody yet'}"

    @property
    def both(self) -> tuple[Participant, Participant]:
        """The mentee and the mentor, of a proposal that has one."""
        assert self.mentor is not None
        return self.mentee, self.mentor

    @property
    def percent(self) -> int:
        """Points as a share of the most that a perfect pair could have."""
        return int(100 * self.points / self.most_points) if self.most_points else 0
