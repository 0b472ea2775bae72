"""A matching event: planned, answered, seated, sent."""

import datetime

from django.db import transaction
from django.utils import timezone

from matching.choosing import letters
from matching.choosing.models import Attendee, Choosing, Occasion, Seat
from matching.queries import mentees_to_match, mentors_with_places
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Degree, Participant, ParticipantRole, Programme

from .holding import hold_choosing
from .opening import begin


@transaction.atomic
def plan_event(
    programme: Programme,
    *,
    by: Person,
    now: datetime.datetime,
    held_at: datetime.datetime,
    closes_on: datetime.date | None = None,
    **settings: object,
) -> Occasion:
    """Plan an event and invite everybody who could find a partner there. `closes_on` is the last day for ranking.

    Refused for a time that has passed, and where one side has nobody to invite.
    """
    if held_at <= now:
        raise Refused("That moment has passed. Give a later one.")
    if closes_on and closes_on < timezone.localdate(held_at):
        raise Refused("People rank each other after the event. Give a last day that is not before it.")
    choosing = begin(programme, by=by, now=now, closes_on=closes_on)
    if choosing.degree != Degree.EVENT:
        raise Refused("This programme has no matching event. Change who chooses first.")
    mentees, mentors = mentees_to_match(choosing.programme), list(mentors_with_places(choosing.programme))
    if not mentees or not mentors:
        raise Refused("An event needs mentees without a partner and mentors with a free place.")
    occasion = Occasion.objects.create(choosing=choosing, held_at=held_at, **settings)
    letters.tell("invited", choosing, [*mentees, *mentors], occasion=occasion)
    return occasion


@transaction.atomic
def answer_invitation(
    occasion: Occasion, participant: Participant, is_coming: bool, *, by: Person, now: datetime.datetime
) -> Attendee:
    """Say whether somebody comes: they themselves, or the co-ordinator for them. Refused once it has begun."""
    held = hold_occasion(occasion)
    if now >= held.held_at:
        raise Refused("The event has begun.")
    attendee, _ = Attendee.objects.update_or_create(
        occasion=held, participant=participant, defaults={"is_coming": is_coming, "answered_at": now}
    )
    audit.record("event answered", on=held.choosing, by=by, at=now, coming=is_coming)
    return attendee


@transaction.atomic
def make_timetable(occasion: Occasion, *, by: Person, now: datetime.datetime) -> list[Seat]:
    """Seat those who come: as many meetings as there can be, evenly spread, nobody twice with the same person.

    Two who must never be matched never sit together. A second time replaces the first. Refused once it has begun, and
    while nobody could meet.
    """
    from matching.choosing.asking import gather, worth_of_pairs  # loads SciPy, which only this needs
    from matching.choosing.timetable import Plan, make_plan

    held = hold_occasion(occasion)
    if now >= held.held_at:
        raise Refused("The event has begun, so its timetable stays.")
    mentees, mentors = coming_to_meet(held)
    if not mentees or not mentors:
        raise Refused("Nobody could meet yet: at least one mentee and one mentor must come.")
    pool = gather(held.choosing.programme, mentees, dict.fromkeys(mentors, 1))
    plan = make_plan(worth_of_pairs(pool), Plan(rounds=held.rounds, tables=held.tables))
    if not plan:
        raise Refused("Nobody of those who come could be matched with anybody else who comes.")
    held.seats.all().delete()
    seats = [
        Seat(
            occasion=held,
            round=one.round,
            table=one.table,
            mentee=pool.mentees[one.mentee],
            mentor=pool.mentors[one.mentor],
        )
        for one in plan
    ]
    Seat.objects.bulk_create(seats)
    held.seated_at, held.sent_at = now, None
    held.save(update_fields=["seated_at", "sent_at"])
    audit.record("timetable made", on=held.choosing, by=by, at=now, meetings=len(seats))
    return seats


@transaction.atomic
def send_timetable(occasion: Occasion, *, by: Person, now: datetime.datetime) -> int:
    """Send each who comes their own timetable. Refused before it is made; sent once for each timetable."""
    held = hold_occasion(occasion)
    if held.seated_at is None:
        raise Refused("Make the timetable first.")
    people = [one for side in coming_to_meet(held) for one in side]
    seats = list(held.seats.select_related("mentee__person", "mentor__person").order_by("round"))
    letters.send_timetables(
        held, {one: [seat for seat in seats if one.pk in (seat.mentee_id, seat.mentor_id)] for one in people}
    )
    held.sent_at = now
    held.save(update_fields=["sent_at"])
    audit.record("timetable sent", on=held.choosing, by=by, at=now, people=len(people))
    return len(people)


def hold_occasion(occasion: Occasion) -> Occasion:
    """The event as it is now, while it can be changed. Refused once its choosing is closed."""
    choosing = hold_choosing(Choosing(pk=occasion.choosing_id), Degree.EVENT)
    held = Occasion.objects.select_for_update(of=("self",)).get(pk=occasion.pk)
    held.choosing = choosing
    return held


def coming_to_meet(occasion: Occasion) -> tuple[list[Participant], list[Participant]]:
    """Mentees and mentors who come. Somebody who is both cannot sit at two tables, and sits there as a mentee."""
    mentees = coming(occasion, ParticipantRole.MENTEE)
    seated = {mentee.person_id for mentee in mentees}
    return mentees, [mentor for mentor in coming(occasion, ParticipantRole.MENTOR) if mentor.person_id not in seated]


def coming(occasion: Occasion, role: ParticipantRole) -> list[Participant]:
    """Those who come in this role, by name."""
    said = occasion.attendees.filter(is_coming=True, participant__role=role)
    people = Participant.objects.filter(pk__in=said.values("participant"), state="active")
    return list(people.select_related("person").order_by("person__name"))
