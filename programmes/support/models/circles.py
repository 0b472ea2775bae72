"""What more than two need: topics they choose, who came, and asking for a word alone."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Member, Partnership

from .meetings import Meeting
from .planned import PlannedMeeting
from .records import PARTNERS_ONLY, PartnersWords
from .shown import UNLESS_KEPT


@pghistory.track()
class Topic(TenantModel):
    """Something a member would like a session on. Members choose among them (M5); the words are theirs."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="topics")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    chosen_for = models.ForeignKey(
        PlannedMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="topics"
    )
    kept = models.OneToOneField(PartnersWords, on_delete=models.PROTECT, related_name="+")

    rows = PARTNERS_ONLY  # who proposed it and when; the words are given as theirs are

    def __str__(self) -> str:
        return f"Topic of {self.partnership_id}"


@pghistory.track()
class TopicVote(TenantModel):
    """That a member would come for a topic. One each."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    rows = PARTNERS_ONLY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "topic", "person"], name="topic_wished_once_by_each"),
        ]

    def __str__(self) -> str:
        return f"Wish of {self.person_id}"


@pghistory.track()
class Attendance(TenantModel):
    """Who came to a meeting of more than two: a member, or a visitor by name (G17). Activity, never content."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    visitor = models.CharField(max_length=120, blank=True)

    rows = UNLESS_KEPT

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "meeting", "person"], name="attendance_once_by_each"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, visitor="") | (Q(person=None) & ~Q(visitor="")),
                name="attendance_member_or_visitor",
            ),
        ]

    def __str__(self) -> str:
        return self.visitor or f"Attendance of {self.person_id}"


class RequestState(models.TextChoices):
    ASKED = "asked", "Asked"
    AGREED = "agreed", "Agreed"
    NOT_NOW = "not_now", "Not now"


@pghistory.track()
class OneToOneRequest(TenantModel):
    """A member of a group asks another for a word alone (M8, M9). Seen by the group's members."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="one_to_ones")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=RequestState.choices, default=RequestState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    rows = PARTNERS_ONLY

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="one_to_one_state_known"),
            models.CheckConstraint(condition=~Q(asked_by=models.F("asked_of")), name="one_to_one_of_somebody_else"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None) | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="one_to_one_answered_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["organisation", "partnership", "asked_by", "asked_of"],
                condition=Q(state="asked"),
                name="one_to_one_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id} asks {self.asked_of_id}"


@pghistory.track()
class Sharing(TenantModel):
    """That a member lets somebody who joined later read what was kept before (decision 24)."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    newcomer = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="sharings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    rows = PARTNERS_ONLY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "newcomer", "person"], name="sharing_once_by_each"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} shares with {self.newcomer_id}"
