"""A co-ordinator's day: when she last looked, what she noted, and how long it took her. Her own, and never surveillance."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, Rows, people_only
from programmes.models import Partnership, Programme

LONGEST_STINT = 12 * 60  # minutes

# For those who run the programme, as far as the partnership is not one of their own.
FOR_THOSE_WHO_RUN_IT = Rows(
    only=(
        "programme_id in (select m.programme_id from organisations_membership m where m.role = 'coordinator' "
        f"and m.person_id = {ASKING_PERSON} and m.ended_at is null) "
        "and (partnership_id is null or partnership_id not in (select m.partnership_id from programmes_member m "
        f"where m.person_id = {ASKING_PERSON}))"
    )
)


class Look(TenantModel):
    """When somebody last looked through a programme's partnerships, and how each stood then, by its id."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    states = models.JSONField(default=dict)

    rows = people_only()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "programme", "person"], name="look_last_of_each"),
        ]

    def __str__(self) -> str:
        return f"Looked on {timezone.localdate(self.at):%-d %B %Y}"


class NoteKind(models.TextChoices):
    CALL = "call", "A call"
    TALK = "talk", "A talk"
    NOTE = "note", "A note"


@pghistory.track(exclude=["words"])
class DatedNote(TenantModel):
    """A dated note of those who run the programme (E1, G15): a call, a talk, something to remember for the evaluation."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="notes")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="notes")
    kind = models.CharField(max_length=4, choices=NoteKind.choices, default=NoteKind.CALL)
    noted_on = models.DateField()
    words = models.TextField(max_length=3000)
    for_evaluation = models.BooleanField(default=False)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    rows = FOR_THOSE_WHO_RUN_IT

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="note_kind_known")]
        indexes = [models.Index(fields=["organisation", "programme", "-noted_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.noted_on:%-d %B %Y}"


class Stint(TenantModel):
    """Time that somebody spent on a programme: started and stopped by themselves, or their own estimate (O21)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    is_estimate = models.BooleanField(default=False)

    rows = people_only()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(0, LONGEST_STINT)), name="stint_length_sane"
            ),
            models.CheckConstraint(condition=Q(is_estimate=False) | Q(minutes__isnull=False), name="stint_estimated"),
            models.UniqueConstraint(
                fields=["organisation", "programme", "person"], condition=Q(minutes=None), name="stint_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "person", "programme", "started_at"])]

    def __str__(self) -> str:
        return f"{self.minutes} minutes" if self.minutes is not None else "Started"
