"""Gatherings of a programme, its directory, and a board for mentors and one for mentees (G16)."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, Rows
from programmes.models import Participant, Programme

LONGEST = 2000  # characters

RUNS_IT = (
    "programme_id in (select m.programme_id from organisations_membership m where m.role = 'coordinator' "
    f"and m.person_id = {ASKING_PERSON} and m.ended_at is null)"
)
# A board is read by those who take part in its role, and by those who run the programme.
OF_THE_BOARD = Rows(
    only=(
        "(programme_id, board) in (select p.programme_id, p.role from programmes_participant p "
        f"where p.person_id = {ASKING_PERSON} and p.state = 'active') or {RUNS_IT}"
    )
)


@pghistory.track()
class Gathering(TenantModel):
    """Something a programme puts on for everybody who takes part: a talk, a lunch, a visit."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="gatherings")
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    place = models.CharField("where, or the link", max_length=300)
    words = models.TextField("what it is about", max_length=LONGEST, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "programme", "starts_at"])]

    def __str__(self) -> str:
        return self.title


class Entry(TenantModel):
    """That somebody would like to be found by the others of their programme, with a line about themselves."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="entry")
    line = models.CharField(max_length=200, blank=True)
    since_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return str(self.participant)


class Board(models.TextChoices):
    """Whose board: mentors among themselves, mentees among themselves."""

    MENTOR = "mentor", "Mentors’ board"
    MENTEE = "mentee", "Mentees’ board"


@pghistory.track(exclude=["words"])
class Post(TenantModel):
    """Something written on a board. Taken down, it is kept for those who run the programme alone."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="posts")
    board = models.CharField(max_length=6, choices=Board.choices)
    words = models.TextField(max_length=LONGEST)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hidden_at = models.DateTimeField(null=True, blank=True)

    rows = OF_THE_BOARD

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(board__in=Board.values), name="post_board_known"),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_by=None) | Q(hidden_at__isnull=False, hidden_by__isnull=False),
                name="post_hidden_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reported_at=None, reported_by=None)
                | Q(reported_at__isnull=False, reported_by__isnull=False),
                name="post_reported_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "programme", "board", "-written_at"])]

    def __str__(self) -> str:
        return f"{self.get_board_display()}, {timezone.localdate(self.written_at):%-d %B %Y}"
