"""Training sessions and who came."""

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


class SessionMedium(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "By video"


ROLES = {
    Audience.JOINT: (ParticipantRole.MENTOR, ParticipantRole.MENTEE),
    Audience.MENTORS: (ParticipantRole.MENTOR,),
    Audience.MENTEES: (ParticipantRole.MENTEE,),
}
LONGEST_SESSION = 12 * 60  # minutes


@pghistory.track()
class TrainingSession(TenantModel):
    """One session: when, where, by whom, for whom, about which topics of the programme (T2, T3, T6)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="training_sessions")
    title = models.CharField("title", max_length=120)
    audience = models.CharField("who it is for", max_length=7, choices=Audience.choices, default=Audience.JOINT)
    starts_at = models.DateTimeField("date and time")
    minutes = models.PositiveSmallIntegerField("how long, in minutes", default=180)
    medium = models.CharField("how", max_length=9, choices=SessionMedium.choices, default=SessionMedium.IN_PERSON)
    place = models.CharField("room and building, or the link", max_length=300)
    trainer = models.CharField("who leads it", max_length=120)
    topics = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="session_audience_known"),
            models.CheckConstraint(condition=Q(medium__in=SessionMedium.values), name="session_medium_known"),
            models.CheckConstraint(condition=Q(minutes__range=(15, LONGEST_SESSION)), name="session_length_sane"),
        ]
        indexes = [models.Index(fields=["organisation", "programme", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.title}, {date_format(timezone.localtime(self.starts_at), 'j F Y')}"

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
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="attendance")
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
