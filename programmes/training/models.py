"""Training sessions and who came."""

import datetime

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from programmes.models import Participant, ParticipantRole, Programme


class Audience(models.TextChoices):
    """Whom a session is for (T2): together where that can be, otherwise apart."""

    JOINT = "joint", "Mentors and mentees together"
    MENTORS = "mentors", "Mentors"
    MENTEES = "mentees", "Mentees"


class Purpose(models.TextChoices):
    """What a session is for. Training and induction make somebody trained (T1); a refresher and the launch (T7) do not."""

    TRAINING = "training", "Training or induction"
    REFRESHER = "refresher", "Refresher for people trained before"
    LAUNCH = "launch", "Launch of the partnerships"


class SessionMedium(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "By video"
    MODULE = "module", "On-line module"


ROLES = {
    Audience.JOINT: (ParticipantRole.MENTOR, ParticipantRole.MENTEE),
    Audience.MENTORS: (ParticipantRole.MENTOR,),
    Audience.MENTEES: (ParticipantRole.MENTEE,),
}
LONGEST_SESSION = 12 * 60  # minutes


@pghistory.track(exclude=["needs_found"])
class TrainingSession(TenantModel):
    """One session: when, where, by whom, for whom, about which topics of the programme (T2, T3, T6).

    `needs_found` are further needs that came up in it, for the co-ordinators.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="training_sessions")
    title = models.CharField("title", max_length=120)
    audience = models.CharField("who it is for", max_length=7, choices=Audience.choices, default=Audience.JOINT)
    purpose = models.CharField("what it is for", max_length=9, choices=Purpose.choices, default=Purpose.TRAINING)
    starts_at = models.DateTimeField("date and time")
    minutes = models.PositiveSmallIntegerField("how long, in minutes", default=180)
    medium = models.CharField("how", max_length=9, choices=SessionMedium.choices, default=SessionMedium.IN_PERSON)
    place = models.CharField("room and building, or the link", max_length=300)
    trainer = models.CharField("who leads it", max_length=120)
    places = models.PositiveSmallIntegerField("number of places", null=True, blank=True)
    topics = models.JSONField(default=list)
    needs_found = models.TextField("further needs that came up", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="session_audience_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="session_purpose_known"),
            models.CheckConstraint(condition=Q(medium__in=SessionMedium.values), name="session_medium_known"),
            models.CheckConstraint(condition=Q(minutes__range=(15, LONGEST_SESSION)), name="session_length_sane"),
        ]
        indexes = [models.Index(fields=["organisation", "programme", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.title}, {date_format(timezone.localtime(self.starts_at), 'j F Y')}"

    @property
    def ends_at(self) -> datetime.datetime:
        return self.starts_at + datetime.timedelta(minutes=self.minutes)

    @property
    def roles(self) -> tuple[ParticipantRole, ...]:
        return ROLES[Audience(self.audience)]


class AttendanceState(models.TextChoices):
    ATTENDED = "attended", "Came"
    EXCUSED = "excused", "Sent apologies"
    ABSENT = "absent", "Did not come"


@pghistory.track()
class Attendance(TenantModel):
    """Whether a participant came to a session (T6)."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendance")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=8, choices=AttendanceState.choices)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "session", "participant"], name="attendance_recorded_once"),
            models.CheckConstraint(condition=Q(state__in=AttendanceState.values), name="attendance_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.participant.person}: {self.get_state_display().lower()}"
