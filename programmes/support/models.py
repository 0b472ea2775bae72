"""Meetings, and what is kept of them: who may read what is decided by the tables themselves.

Three tables for one meeting. `Meeting` holds its activity: dates and lengths, which a co-ordinator may count.
`ProgressRecord` holds what was said, and the database shows it to the partnership's members alone. `Reflection` holds
what one person thought, and the database shows it to that person alone.
"""

import datetime
from uuid import UUID

import pghistory
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, Rows, people_only
from programmes.models import Partnership


class MeetingKind(models.TextChoices):
    HELD = "held", "Met"
    NOT_MET = "not_met", "Did not meet"


class Medium(models.TextChoices):
    """Ways of meeting (G1). A batch of e-mails may be one dialogue; a platform for mentoring counts as another way."""

    FACE_TO_FACE = "face_to_face", "In person"
    VIDEO = "video", "Video"
    PHONE = "phone", "Phone"
    EMAIL = "email", "E-mail"
    MESSENGER = "messenger", "Messages"
    OTHER = "other", "Another way"


class Usefulness(models.TextChoices):
    VERY = "very", "Very"
    FAIRLY = "fairly", "Fairly"
    NOT_MUCH = "not_much", "Not much"


LONGEST_MEETING = 24 * 60  # minutes

DAY_LOGGED = Cast(
    Func(Value("UTC"), F("logged_at"), function="timezone", output_field=models.DateTimeField()), models.DateField()
)

# Members only, and no longer those who left. The column is the protected table's own, also in its history table.
PARTNERS_ONLY = Rows(
    only=(
        "partnership_id in (select m.partnership_id from programmes_member m "
        f"where m.person_id = {ASKING_PERSON} and m.left_at is null)"
    )
)


@pghistory.track()
class Meeting(TenantModel):
    """That partners met on a day, or that they did not: activity, never content (G1, G10).

    One row for a partnership and a day, however many partners log it. `met_on` is the day by the calendar where they
    are; of a meeting that did not take place, the day it was meant for. `next_on` is when they mean to meet next.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=7, choices=MeetingKind.choices, default=MeetingKind.HELD)
    met_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    medium = models.CharField(max_length=12, choices=Medium.choices, blank=True)
    next_on = models.DateField(null=True, blank=True)
    logged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "partnership", "met_on"], name="meeting_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(1, LONGEST_MEETING)), name="meeting_length_sane"
            ),
            models.CheckConstraint(
                condition=Q(kind="held", minutes__isnull=False, medium__in=Medium.values)
                | Q(kind="not_met", minutes=None, medium=""),
                name="meeting_held_says_how",
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=F("met_on")), name="meeting_next_is_later"
            ),
            models.CheckConstraint(
                # The day has begun somewhere on earth: UTC is at most fourteen hours behind.
                condition=Q(met_on__lte=DAY_LOGGED + datetime.timedelta(days=1)),
                name="meeting_not_in_the_future",
            ),
        ]

    def __str__(self) -> str:
        word = "Meeting on" if self.is_held else "No meeting on"
        return f"{word} {date_format(self.met_on, 'j F Y')}"

    @property
    def programme_id(self) -> UUID:
        return self.partnership.programme_id

    @property
    def is_held(self) -> bool:
        return self.kind == MeetingKind.HELD


@pghistory.track()
class MeetingLog(TenantModel):
    """One partner's log of a meeting, and how useful they found it. Shown to others only as a total of many."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="logs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    usefulness = models.CharField(max_length=8, choices=Usefulness.choices, blank=True)
    logged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "meeting", "person"], name="meeting_logged_once_by_each"),
            models.CheckConstraint(
                condition=Q(usefulness__in=["", *Usefulness.values]), name="meeting_usefulness_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, logged by {self.person}"


@pghistory.track(exclude=["next_step", "answers"])
class ProgressRecord(TenantModel):
    """What partners keep of a meeting (G9): one next step, and answers to the programme's boxes by their key.

    The database lets only the partnership's members read or write it. History says that it changed, never the words.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="record")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    next_step = models.TextField(blank=True)
    answers = models.JSONField(default=dict, blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    rows = PARTNERS_ONLY

    def __str__(self) -> str:
        return f"Progress record of {self.meeting_id}"


@pghistory.track(exclude=["answers"])
class Reflection(TenantModel):
    """What one partner thought of a meeting (G9). The database shows it to nobody else."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reflections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField()

    rows = people_only()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "meeting", "person"], name="reflection_once_by_each"),
        ]

    def __str__(self) -> str:
        return f"Reflection on {self.meeting_id}"


class EndingReason(models.TextChoices):
    """Why partnerships end, in words that blame nobody (X2, X6). Saying nothing comes first, and is as good."""

    NOT_SAYING = "", "I would rather not say"
    GOALS_REACHED = "goals_reached", "We reached what we wanted"
    RUN_ITS_COURSE = "run_its_course", "It has run its course"
    TIME_OVER = "time_over", "The agreed time is over"
    LITTLE_TIME = "little_time", "There was too little time"
    EXPECTATIONS = "expectations", "We expected different things"
    NOT_A_MATCH = "not_a_match", "We were not the right match"
    NOT_WORKING = "not_working", "It was not working"
    OTHER = "other", "Something else"


class Wish(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure yet"


# For whoever ended it and for those who run the programme; the database keeps it from the other partners.
NOT_FOR_THE_OTHERS = Rows(
    only=(
        f"ended_by_id = {ASKING_PERSON} or partnership_id not in "
        f"(select m.partnership_id from programmes_member m where m.person_id = {ASKING_PERSON})"
    )
)


@pghistory.track(exclude=["reason", "note"])
class Ending(TenantModel):
    """How a partnership ended (X3, X5): no fault, reasons optional, and never for the other partner's eyes."""

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="ending")
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=14, choices=EndingReason.choices, blank=True)
    note = models.TextField(blank=True)
    wants_new_match = models.CharField(max_length=6, choices=Wish.choices, blank=True)

    rows = NOT_FOR_THE_OTHERS

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=EndingReason.values), name="ending_reason_known"),
            models.CheckConstraint(condition=Q(wants_new_match__in=["", *Wish.values]), name="ending_wish_known"),
        ]

    def __str__(self) -> str:
        return f"Ending of {self.partnership_id}"
