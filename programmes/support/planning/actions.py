"""What partners do about meetings to come."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from mentoring import audit
from mentoring.accounts.clocks import zone
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Model, Partnership, PartnershipState
from programmes.queries import membership_in, with_members

from ..models import MeetingKind, PartnersWords, PlannedMeeting, PlannedState, Topic
from ..words import change_words, keep_words
from . import letters

NOTICE = datetime.timedelta(hours=24)  # that partners give each other (K10)
FURTHEST_AHEAD = datetime.timedelta(days=366)
MOST_BRIEF = 2  # conversations of a brief contact


@dataclass(frozen=True)
class Plan:
    """When, for how many minutes, how and where; and why for longer or shorter than is usual, if somebody says.

    For more than two: what kind of session it is, its topic, its speaker, and who has the first turn.
    """

    starts_at: datetime.datetime
    minutes: int
    medium: str
    place: str = ""
    why: str = ""
    session: str = ""
    first_turn: Person | None = None
    topic: Topic | None = None
    speaker: str = ""


@transaction.atomic
def plan_meeting(
    partnership: Partnership, plan: Plan, agenda: str, *, by: Person, now: datetime.datetime
) -> PlannedMeeting:
    """Plan a meeting and put it into every partner's calendar (G6).

    Refused in a partnership that has ended, by somebody who is not in it, for a time that has passed or lies after the
    agreed end, where another meeting is planned for the same time, and the third of a brief contact.
    """
    held = lock(partnership, by)
    refuse_wrong_time(held, plan.starts_at, by, now)
    refuse_third(held)
    planned = PlannedMeeting.objects.create(
        partnership=held,
        **fields_of(plan),
        time_zone=by.time_zone,
        planned_by=by,
        planned_at=now,
        kept=keep_words(held.pk, on_day=day_of(plan, by), agenda=agenda, why=plan.why, speaker=plan.speaker),
    )
    choose_topic(planned, plan.topic)
    letters.tell_all("planned", planned, by=by, now=now)
    audit.record("meeting planned", on=planned, by=by, at=now)
    return planned


@transaction.atomic
def move_meeting(planned: PlannedMeeting, plan: Plan, agenda: str, *, by: Person, now: datetime.datetime) -> None:
    """Plan it for another time, length, way or place; calendars move with it. A meeting that changes only its agenda
    writes to nobody. Refused once it was cancelled or logged, and for what `plan_meeting` refuses."""
    held = lock_planned(planned, by)
    held.kept.on_day = day_of(plan, by)
    change_words(held.kept, agenda=agenda, why=plan.why, speaker=plan.speaker)
    choose_topic(held, plan.topic)
    changed = [name for name, value in fields_of(plan).items() if getattr(held, name) != value]
    if not changed:
        return
    refuse_wrong_time(held.partnership, plan.starts_at, by, now, but=held)
    for name in changed:
        setattr(held, name, getattr(plan, name))
    held.time_zone, held.sequence = by.time_zone, held.sequence + 1
    held.save(update_fields=[*changed, "time_zone", "sequence"])
    letters.tell_all("moved", held, by=by, now=now)
    audit.record("meeting moved", on=held, by=by, at=now, short_notice=is_short_notice(planned, now))


@transaction.atomic
def cancel_meeting(planned: PlannedMeeting, *, by: Person, now: datetime.datetime, reason: str = "") -> None:
    """Take a meeting out of every calendar. The reason, if one is given, is for the partners. Refused as moving is."""
    held = lock_planned(planned, by)
    held.state, held.cancelled_at, held.sequence = PlannedState.CANCELLED, now, held.sequence + 1
    held.save(update_fields=["state", "cancelled_at", "sequence"])
    change_words(held.kept, reason=reason, by=by.first_name)
    letters.tell_all("cancelled", held, by=by, now=now)
    audit.record("meeting cancelled", on=held, by=by, at=now, short_notice=is_short_notice(held, now))


def day_of(plan: Plan, by: Person) -> datetime.date:
    """The day of the meeting, where whoever plans it is."""
    return timezone.localdate(plan.starts_at, zone(by.time_zone))


def is_short_notice(planned: PlannedMeeting, now: datetime.datetime) -> bool:
    """Whether it is less than a day away: then a call is kinder than a letter alone."""
    return planned.starts_at - now < NOTICE


def choose_topic(planned: PlannedMeeting, topic: Topic | None) -> None:
    """Give a session its topic; another one, or none, lets the earlier go back to the list."""
    earlier = planned.topics.exclude(pk=topic.pk) if topic else planned.topics.all()
    earlier.update(chosen_for=None)
    if topic:
        chosen = Topic.objects.filter(pk=topic.pk, partnership_id=planned.partnership_id)
        chosen.update(chosen_for=planned)
        PartnersWords.objects.filter(pk__in=chosen.values("kept")).update(on_day=planned.day)


def fields_of(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in ("starts_at", "minutes", "medium", "place", "session", "first_turn")}


def lock(partnership: Partnership, by: Person) -> Partnership:
    """The partnership as it is now, held. Refused after its end, and for whoever is not in it."""
    locked = Partnership.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    held = with_members(locked.filter(pk=partnership.pk)).get()
    if held.state == PartnershipState.ENDED:
        raise Refused("This partnership has ended, so no more meetings are planned.")
    member = membership_in(held, by)
    if member is None or member.left_at:
        raise Refused("Only the people in a partnership plan its meetings.")
    return held


def lock_planned(planned: PlannedMeeting, by: Person) -> PlannedMeeting:
    partnership = lock(planned.partnership, by)
    held = PlannedMeeting.objects.select_related("kept__key").get(pk=planned.pk)
    held.partnership = partnership
    if not held.is_planned:
        raise Refused(f"This meeting is no longer planned: {held.get_state_display().lower()}.")
    return held


def refuse_wrong_time(
    partnership: Partnership,
    starts_at: datetime.datetime,
    by: Person,
    now: datetime.datetime,
    but: PlannedMeeting | None = None,
) -> None:
    day = timezone.localdate(starts_at, zone(by.time_zone))
    if starts_at <= now:
        raise Refused("That time has passed. Give a later one, or log the meeting if you have met.")
    if starts_at > now + FURTHEST_AHEAD:
        raise Refused(f"{say(day)} is more than a year away. Give an earlier day.")
    if day > partnership.ends_on:
        raise Refused(
            f"You agreed to meet until {say(partnership.ends_on)}. Give a day up to then, or agree a later end first."
        )
    there = PlannedMeeting.objects.filter(partnership=partnership, starts_at=starts_at, state=PlannedState.PLANNED)
    if any(one != but for one in there):
        raise Refused("You have planned a meeting for that time already.")


def refuse_third(partnership: Partnership) -> None:
    """A brief contact is one or two conversations (M4)."""
    if partnership.model != Model.SPOT:
        return
    had = partnership.meetings.filter(kind=MeetingKind.HELD).count()
    if had + partnership.planned_meetings.filter(state=PlannedState.PLANNED).count() >= MOST_BRIEF:
        raise Refused(
            "A brief contact is one or two conversations. If you want to go on, ask for a mentoring partnership."
        )


def say(day: datetime.date) -> str:
    return date_format(day, "j F Y")
