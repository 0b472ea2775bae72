"""Questions of a co-ordinator's day: what changed, what was noted, what happened in a partnership, how long it took."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.formats import date_format

from mentoring.accounts.models import Person
from mentoring.audit.models import Event
from mentoring.wording import plural
from programmes.models import Partnership, PartnershipState, Programme

from ..health import WORDS, Health
from ..models import DatedNote, Look, Meeting, Stint
from ..queries import Standing
from .actions import state_of

MINUTES_FOR_A_PAIR = 15  # a month: one day for thirty pairs (O21)
TOLD = {
    "partnership begun": "Matched",
    "partnership active": "All have signed",
    "partnership rests": "Began a rest",
    "partnership goes on": "Goes on",
    "reminder written": "Reminded",
    "check-in drafted": "Written to by a co-ordinator",
    "ending asked for": "Asked to end",
    "ending taken back": "Goes on after all",
    "partnership ended": "Ended",
    "member joined": "Joined",
    "member left": "Left",
}


def last_look(programme: Programme, person: Person) -> Look | None:
    """When this person last looked through the programme's partnerships."""
    return Look.objects.filter(programme=programme, person=person).first()


def what_changed(one: Standing, look: Look | None) -> str:
    """What is new about a partnership since somebody last looked, in words; nothing where nothing is."""
    if look is None:
        return ""
    before = look.states.get(str(one.partnership.pk))
    now = state_of(one.assessment.health, one.signs.meetings)
    if before is None:
        return "New since you last looked."
    if before == now:
        return ""
    health, meetings = before
    met = plural(one.signs.meetings - meetings, "meeting")
    parts = [f"{met} since you last looked." if one.signs.meetings > meetings else ""]
    if health != one.assessment.health:
        parts.append(f"It was “{WORDS[Health(health)][0]}” when you last looked.")
    return " ".join(part for part in parts if part)


def notes_of(programme: Programme, partnership: Partnership | None = None) -> QuerySet[DatedNote]:
    """Notes of those who run the programme, the latest day first; the database gives them to nobody else."""
    found = DatedNote.objects.filter(programme=programme).select_related("written_by")
    found = found.filter(partnership=partnership) if partnership else found
    return found.order_by("-noted_on", "-written_at")


@dataclass(frozen=True)
class Happened:
    """A line of a partnership's story: a day, and what happened on it. Never what was said."""

    on: datetime.date
    sentence: str


def story_of(partnership: Partnership, meetings: list[Meeting]) -> list[Happened]:
    """What happened in a partnership, newest first. One query besides its meetings."""
    events = Event.objects.filter(object_id=partnership.pk, what__in=TOLD).order_by("at")
    told = events.values_list("what", "at", "details__until", "details__person")
    # What happened several times on a day is one line, where it happened last; a meeting stands before all of its day.
    lines = {Happened(meeting.met_on, say_meeting(meeting)): datetime.time.min for meeting in meetings}
    for what, at, until, who in told:
        local = timezone.localtime(at)
        lines[Happened(local.date(), say_event(what, until, who))] = local.time()
    return sorted(lines, key=lambda line: (line.on, lines[line]), reverse=True)


def say_event(what: str, until: str | None, who: str | None) -> str:
    """What happened; of a rest also until when, if they said so; of one who joined or left, who."""
    if who:
        return f"{TOLD[what]}: {who}"
    day = date_format(datetime.date.fromisoformat(until), "j F Y") if until else ""
    return f"{TOLD[what]}, until {day}" if day else TOLD[what]


def say_meeting(meeting: Meeting) -> str:
    if not meeting.is_held:
        return "Did not meet"
    return f"Met, {meeting.minutes} minutes, {meeting.get_medium_display().lower()}"


@dataclass(frozen=True)
class Meter:
    """A person's own minutes this month against what is allowed for, and since when their clock runs."""

    minutes: int
    allowed: int
    running_since: datetime.datetime | None

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.minutes / self.allowed)) if self.allowed else 0


def meter_of(programme: Programme, person: Person, live: int, now: datetime.datetime) -> Meter:
    """Own time only: the database shows nobody another's."""
    first = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    own = Stint.objects.filter(programme=programme, person=person)
    spent: dict[str, Any] = own.filter(started_at__gte=first).aggregate(minutes=Sum("minutes"))
    running = own.filter(minutes=None).values_list("started_at", flat=True).first()
    return Meter(spent["minutes"] or 0, live * MINUTES_FOR_A_PAIR, running)


def count_live(found: list[Standing]) -> int:
    return sum(one.partnership.state != PartnershipState.ENDED for one in found)
