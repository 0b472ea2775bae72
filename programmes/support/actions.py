"""What partners do about their meetings."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from mentoring import audit
from mentoring.accounts.clocks import today_of, zone
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership, PartnershipState
from programmes.queries import membership_in

from .models import Meeting, MeetingKind, MeetingLog, ProgressRecord
from .planning.settling import settle, unsettle
from .promises import follow_record
from .words import add_to_record, answers_of, reflect, replace_record

CHANGEABLE_FOR = datetime.timedelta(hours=24)


@dataclass(frozen=True)
class Activity:
    """When partners met, for how many minutes and how; and how useful the one who says so found it."""

    met_on: datetime.date
    minutes: int
    medium: str
    usefulness: str = ""
    began_on: datetime.date | None = None  # of a batch of e-mails, the day of the first


@dataclass(frozen=True)
class Words:
    """What is kept of a meeting: next date and step, answers to the programme's boxes, one's own reflection."""

    next_on: datetime.date | None = None
    next_step: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    reflection: dict[str, str] = field(default_factory=dict)
    due: dict[str, datetime.date] = field(default_factory=dict)  # when the action in a box is due


@dataclass(frozen=True)
class Logged:
    """A meeting as it stands after a log. `joined`: a partner had logged the same day, and the two are now one."""

    meeting: Meeting
    joined: bool = False


@transaction.atomic
def log_meeting(
    partnership: Partnership, activity: Activity, words: Words, *, by: Person, now: datetime.datetime
) -> Logged:
    """Note that partners met (G9, G10). Where a partner logged the same day, two logs become one; no word is lost.

    Refused for a partnership that has ended, a day before it began or after today, and a second log of one's own.
    """
    held = _lock(partnership)
    _refuse_wrong_day(held, activity.met_on, by, now)
    _refuse_earlier_next(activity.met_on, words.next_on)
    there = Meeting.objects.filter(partnership=held, met_on=activity.met_on).first()
    joined = bool(there and there.is_held)
    if there and joined and there.logs.filter(person=by).exists():
        raise Refused(
            f"You have logged a meeting on {_day(activity.met_on)} already. "
            "To change it, open it from your partnership's page."
        )
    meeting = _join(there, activity, words) if there else _begin(held, activity, words, by, now)
    MeetingLog.objects.update_or_create(
        meeting=meeting, person=by, defaults={"usefulness": activity.usefulness, "logged_at": now}
    )
    add_to_record(meeting, words.next_step, words.answers, by=by, at=now)
    reflect(meeting, words.reflection, by=by, at=now)
    follow_record(meeting, answers_of(meeting), words.due, now=now)
    settle(meeting)
    audit.record("meeting logged", on=meeting, by=by, at=now, minutes=meeting.minutes, joined=joined)
    return Logged(meeting, joined)


@transaction.atomic
def log_no_meeting(
    partnership: Partnership,
    *,
    by: Person,
    now: datetime.datetime,
    met_on: datetime.date,
    next_on: datetime.date | None = None,
) -> Meeting:
    """Note, without a reason, that a meeting did not take place, and when they will try again.

    Refused for a partnership that has ended and for a day on which a meeting is logged.
    """
    held = _lock(partnership)
    _refuse_wrong_day(held, met_on, by, now)
    _refuse_earlier_next(met_on, next_on)
    meeting, created = Meeting.objects.get_or_create(
        partnership=held,
        met_on=met_on,
        defaults={"kind": MeetingKind.NOT_MET, "next_on": next_on, "logged_by": by, "logged_at": now},
    )
    if meeting.is_held:
        raise Refused(
            f"A meeting on {_day(met_on)} is logged. If that is wrong, open it from your partnership's page "
            "and change its day."
        )
    if not created:
        meeting.next_on = next_on or meeting.next_on
        meeting.save(update_fields=["next_on"])
    settle(meeting)
    audit.record("missed meeting noted", on=meeting, by=by, at=now)
    return meeting


@transaction.atomic
def change_meeting(
    meeting: Meeting, activity: Activity, words: Words, *, by: Person, now: datetime.datetime, seen: str = ""
) -> None:
    """Correct a meeting within a day of its log, by either partner. Refused later, and for a day that is taken."""
    held = _lock(meeting.partnership)
    if not may_change(meeting, now):
        raise Refused(
            "The day and length of a meeting can be changed for a day after it was logged. "
            "You can still write in its record."
        )
    _refuse_wrong_day(held, activity.met_on, by, now)
    if Meeting.objects.filter(partnership=held, met_on=activity.met_on).exclude(pk=meeting.pk).exists():
        raise Refused(f"There is another log for {_day(activity.met_on)}. Give a different day.")
    if meeting.met_on != activity.met_on:
        unsettle(meeting)
    meeting.met_on, meeting.minutes, meeting.medium = activity.met_on, activity.minutes, activity.medium
    meeting.began_on = activity.began_on
    meeting.next_on = None  # the date that was there may lie before the new day; the words hold the next
    meeting.save(update_fields=["met_on", "minutes", "medium", "began_on", "next_on"])
    settle(meeting)
    if activity.usefulness or meeting.logs.filter(person=by).exists():
        MeetingLog.objects.update_or_create(meeting=meeting, person=by, defaults={"usefulness": activity.usefulness})
    write_record(meeting, words, by=by, now=now, seen=seen)
    audit.record("meeting changed", on=meeting, by=by, at=now, minutes=activity.minutes)


@transaction.atomic
def write_record(meeting: Meeting, words: Words, *, by: Person, now: datetime.datetime, seen: str = "") -> None:
    """Replace what the record of a meeting says, and one's own reflection (G9).

    `seen` names the record that was on the page. Refused when a partner has written since, and after the end.
    """
    _refuse_whoever_was_not_there(_lock(meeting.partnership), meeting.met_on, by)
    if seen != version_of(ProgressRecord.objects.filter(meeting=meeting).first()):
        raise Refused(
            "Somebody else has written in this record since you opened it. "
            "Copy your words, open the page again, and add them."
        )
    _refuse_earlier_next(meeting.met_on, words.next_on)
    Meeting.objects.filter(pk=meeting.pk).update(next_on=words.next_on)
    replace_record(meeting, words.next_step, words.answers, by=by, at=now)
    reflect(meeting, words.reflection, by=by, at=now)
    follow_record(meeting, words.answers, words.due, now=now)
    audit.record("progress record written", on=meeting, by=by, at=now)


def may_change(meeting: Meeting, now: datetime.datetime) -> bool:
    """Whether the day and length of a meeting may still be corrected."""
    return now - meeting.logged_at < CHANGEABLE_FOR


def version_of(record: ProgressRecord | None) -> str:
    """Names the record as it stands, so that nobody writes over words they have not seen."""
    return str(record.version) if record else ""


def _lock(partnership: Partnership) -> Partnership:
    """Two partners may log at once: lock, then look. An ended partnership is only read."""
    held = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if held.state == PartnershipState.ENDED:
        raise Refused("This partnership has ended. You can still read and download its records.")
    return held


def _refuse_wrong_day(partnership: Partnership, met_on: datetime.date, by: Person, now: datetime.datetime) -> None:
    _refuse_whoever_was_not_there(partnership, met_on, by)
    if met_on > today_of(by, now):
        raise Refused(f"{_day(met_on)} has not come yet. Log the meeting when you have met.")
    first = min(partnership.starts_on, timezone.localdate(partnership.created_at, zone(by.time_zone)))
    if met_on < first:
        raise Refused(f"{_day(met_on)} is before you were brought together on {_day(first)}. Give a later day.")


def _refuse_whoever_was_not_there(partnership: Partnership, met_on: datetime.date, by: Person) -> None:
    member = membership_in(partnership, by)
    if member is None or member.left_at:
        raise Refused("Only the people in a partnership log its meetings.")
    if member.reads_from and met_on < member.reads_from:
        raise Refused(f"{_day(met_on)} was before you joined. Somebody who was there can log it.")


def _refuse_earlier_next(met_on: datetime.date, next_on: datetime.date | None) -> None:
    if next_on and next_on <= met_on:
        raise Refused(f"The next meeting must be after {_day(met_on)}. Give a later day.")


def _begin(partnership: Partnership, activity: Activity, words: Words, by: Person, now: datetime.datetime) -> Meeting:
    return Meeting.objects.create(
        partnership=partnership,
        met_on=activity.met_on,
        minutes=activity.minutes,
        medium=activity.medium,
        began_on=activity.began_on,
        next_on=words.next_on,
        logged_by=by,
        logged_at=now,
    )


def _join(meeting: Meeting, activity: Activity, words: Words) -> Meeting:
    """What the first partner noted stands; what was missing is filled in."""
    if not meeting.is_held:
        meeting.kind, meeting.minutes, meeting.medium = MeetingKind.HELD, activity.minutes, activity.medium
    meeting.next_on = words.next_on or meeting.next_on
    meeting.save(update_fields=["kind", "minutes", "medium", "next_on"])
    return meeting


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
