"""Questions about training: sessions, who is expected, who is trained."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mentoring.accounts.models import Person
from programmes.models import Participant, ParticipantState, Programme
from programmes.queries import participants_in

from .models import Attendance, AttendanceState, Purpose, TrainingSession

CAME = Q(attendance__state=AttendanceState.ATTENDED)


def sessions_of(programme: Programme) -> QuerySet[TrainingSession]:
    """A programme's sessions with the number who came and of whom anything is recorded, the latest first."""
    counts = {"came": Count("attendance", filter=CAME), "recorded": Count("attendance")}
    return programme.training_sessions.annotate(**counts).order_by("-starts_at", "pk")


def sessions_for(programme: Programme, person: Person) -> QuerySet[TrainingSession]:
    """The sessions a participant is expected at, in the order they take place."""
    roles = programme.participants.filter(person=person, state=ParticipantState.ACTIVE).values_list("role", flat=True)
    audiences = {"joint", *(f"{role}s" for role in roles)}
    return programme.training_sessions.filter(audience__in=audiences, cancelled_at=None).order_by("starts_at")


def expected_at(session: TrainingSession) -> QuerySet[Participant]:
    """The participants a session is for, by name."""
    return participants_in(session.programme).filter(role__in=session.roles)


def attendance_at(session: TrainingSession) -> dict[UUID, str]:
    """What was recorded, by the participant's id."""
    return dict(session.attendance.values_list("participant_id", "state"))


def with_training(participants: QuerySet[Participant]) -> QuerySet[Any]:
    """Participants with `is_trained`: whether they came to at least one training or induction (T1)."""
    came = Attendance.objects.filter(
        participant=OuterRef("pk"), state=AttendanceState.ATTENDED, session__purpose=Purpose.TRAINING
    )
    return participants.annotate(is_trained=Exists(came))


def trained(programme: Programme) -> set[UUID]:
    """The ids of participants who came to at least one training or induction."""
    return set(with_training(participants_in(programme)).filter(is_trained=True).values_list("pk", flat=True))


def count_trained(programme: Programme) -> dict[str, tuple[int, int]]:
    """For each role, how many are trained and how many there are. One query."""
    rows = with_training(programme.participants.filter(state=ParticipantState.ACTIVE)).values_list("role", "is_trained")
    counts: dict[str, tuple[int, int]] = {}
    for role, is_trained in rows:
        done, all_of_them = counts.get(role, (0, 0))
        counts[role] = (done + is_trained, all_of_them + 1)
    return counts


def topics_of(programme: Programme) -> list[dict[str, Any]]:
    """The topics that training in this programme covers (T3), from its blueprint."""
    return list(programme.blueprint.get("topics", []))


def titles_of(session: TrainingSession) -> list[str]:
    """The topics of a session, in words."""
    return [topic["title"] for topic in topics_of(session.programme) if topic["key"] in session.topics]


def attended_by(programme: Programme, person: Person) -> dict[UUID, str]:
    """What was recorded of a person, by the session's id."""
    own = Attendance.objects.filter(session__programme=programme, participant__person=person)
    return dict(own.values_list("session_id", "state"))


def search_people(
    programme: Programme, role: str = "", is_trained: bool | None = None, words: str = ""
) -> QuerySet[Any]:
    """Who takes part, by name, with `is_trained`, narrowed to a role, to trained or not, and to a part of the name."""
    found = with_training(participants_in(programme))
    found = found.filter(role=role) if role else found
    found = found if is_trained is None else found.filter(is_trained=is_trained)
    return found.filter(person__name__icontains=words) if words else found
