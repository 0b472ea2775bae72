"""What a person did in a programme, from what is noted already and from their own log."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from mentoring.accounts.models import Person
from programmes.models import Partnership, Programme
from programmes.queries import with_members
from programmes.training.models import AttendanceState, TrainingSession

from ..models import LearningEntry, Meeting, MeetingKind
from ..queries import name_others


@dataclass(frozen=True)
class Line:
    """One line of the log: a day, minutes, and what it was. Own entries can be taken out again."""

    on: datetime.date
    minutes: int
    what: str
    kind: str
    entry: LearningEntry | None = None

    @property
    def certified(self) -> str:
        """What a certificate says that it was: nobody's name, and no word that was written for its writer alone."""
        return {MEETING: "Mentoring", OWN: "Own learning"}.get(self.kind, self.what)


@dataclass(frozen=True)
class Log:
    """A person's log, newest first."""

    lines: list[Line]

    @property
    def parts(self) -> list[tuple[str, int, int]]:
        """Name, how many and how many minutes of each kind that is there."""
        named = [("Meetings", MEETING), ("Training sessions", SESSION), ("Your own learning", OWN)]
        return [(name, self.count(kind), self.minutes(kind)) for name, kind in named if self.count(kind)]

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
    """Meetings held while they were in it, sessions they came to, and their own entries. Seven queries at most."""
    lines = [*meetings_of(programme, person), *sessions_of(programme, person), *own_entries(programme, person)]
    return Log(sorted(lines, key=lambda line: line.on, reverse=True))


def meetings_of(programme: Programme, person: Person) -> Iterable[Line]:
    """Meetings of their partnerships; in a larger one only those at which they are noted, where anybody is."""
    held = Meeting.objects.filter(
        partnership__programme=programme, partnership__members__person=person, kind=MeetingKind.HELD
    )
    found = held.prefetch_related("attendance", Prefetch("partnership", with_members(Partnership.objects.all())))
    for meeting in found:
        noted = {one.person_id for one in meeting.attendance.all()}
        if not noted or person.pk in noted:
            others = name_others(meeting.partnership, person)
            met = f"Mentoring with {others}" if others else "Mentoring"
            yield Line(meeting.met_on, meeting.minutes or 0, f"{met}, {meeting.get_medium_display().lower()}", MEETING)


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
