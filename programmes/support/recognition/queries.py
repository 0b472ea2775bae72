"""What a person did in a programme, from what is noted already and from their own log."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from mentoring.accounts.models import Person
from programmes.models import Programme
from programmes.training.models import AttendanceState, TrainingSession

from ..models import LearningEntry, Meeting, MeetingKind


@dataclass(frozen=True)
class Line:
    """One line of the log: a day, minutes, and what it was. Own entries can be taken out again."""

    on: datetime.date
    minutes: int
    what: str
    kind: str
    entry: LearningEntry | None = None


@dataclass(frozen=True)
class Log:
    """A person's log, newest first."""

    lines: list[Line]

    def minutes(self, kind: str) -> int:
        return sum(line.minutes for line in self.lines if line.kind == kind)

    def count(self, kind: str) -> int:
        return sum(line.kind == kind for line in self.lines)

    @property
    def total(self) -> int:
        return sum(line.minutes for line in self.lines)

    @property
    def first(self) -> datetime.date | None:
        return min((line.on for line in self.lines), default=None)

    @property
    def last(self) -> datetime.date | None:
        return max((line.on for line in self.lines), default=None)


MEETING, SESSION, OWN = "meeting", "session", "own"


def log_of(programme: Programme, person: Person) -> Log:
    """Meetings held while they were in it, sessions they came to, and their own entries. Three queries."""
    lines = [*meetings_of(programme, person), *sessions_of(programme, person), *own_entries(programme, person)]
    return Log(sorted(lines, key=lambda line: line.on, reverse=True))


def meetings_of(programme: Programme, person: Person) -> Iterable[Line]:
    """Meetings of their partnerships; in a larger one only those at which they are noted, where anybody is."""
    found = Meeting.objects.filter(
        partnership__programme=programme, partnership__members__person=person, kind=MeetingKind.HELD
    ).prefetch_related("attendance")
    for meeting in found:
        noted = {one.person_id for one in meeting.attendance.all()}
        if not noted or person.pk in noted:
            yield Line(
                meeting.met_on, meeting.minutes or 0, f"Mentoring, {meeting.get_medium_display().lower()}", MEETING
            )


def sessions_of(programme: Programme, person: Person) -> Iterable[Line]:
    sessions = TrainingSession.objects.filter(
        programme=programme, attendance__participant__person=person, attendance__state=AttendanceState.ATTENDED
    ).distinct()
    for session in sessions:
        minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
        yield Line(session.starts_at.date(), minutes, session.title, SESSION)


def own_entries(programme: Programme, person: Person) -> Iterable[Line]:
    for entry in LearningEntry.objects.filter(programme=programme, person=person):
        yield Line(entry.on, entry.minutes, entry.what, OWN, entry)
