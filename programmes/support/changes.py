"""Resting, going on and ending: either partner may, at any time, and nobody is to blame (X3, C4)."""

import datetime

from django.db import transaction
from django.utils import timezone

from mentoring import audit
from mentoring.accounts.middleware import zone
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.actions import end_partnership
from programmes.models import Partnership, PartnershipState, Programme
from programmes.queries import coordinators_of

from . import letters
from .models import Ending
from .queries import signs_of, with_signs


@transaction.atomic
def draft_check_in(partnership: Partnership, *, by: Person, now: datetime.datetime) -> int:
    """Draft a kind question to every partner, for the co-ordinator to read, change and send. One a day. Returns how many.

    Refused once the partnership has ended.
    """
    held = _lock(partnership)
    today = timezone.localdate(now, zone(by.time_zone))
    members = [member for member in held.members.select_related("person") if member.left_at is None]
    for member in members:
        letters.send_check_in(held, member, signs_of(held), by=by, now=now, today=today)
    audit.record("check-in drafted", on=held, by=by, at=now, people=len(members))
    return len(members)


@transaction.atomic
def rest(partnership: Partnership, *, by: Person, now: datetime.datetime) -> None:
    """Let a partnership rest: nobody is reminded until it goes on. Refused unless it is active."""
    held = _lock(partnership)
    if held.state != PartnershipState.ACTIVE:
        raise Refused("Only a partnership that is under way can rest.")
    held.state = PartnershipState.PAUSED
    held.save(update_fields=["state"])
    letters.tell("rests", held, _others(held, by), by=by, now=now)
    audit.record("partnership rests", on=held, by=by, at=now)


@transaction.atomic
def go_on(partnership: Partnership, *, by: Person, now: datetime.datetime) -> None:
    """Go on after a rest: the rhythm counts from today. Refused unless it rests."""
    held = _lock(partnership)
    if held.state != PartnershipState.PAUSED:
        raise Refused("This partnership does not rest.")
    held.state, held.rhythm_from = PartnershipState.ACTIVE, timezone.localdate(now, zone(by.time_zone))
    held.save(update_fields=["state", "rhythm_from"])
    letters.tell("goes_on", held, _others(held, by), by=by, now=now)
    audit.record("partnership goes on", on=held, by=by, at=now)


@transaction.atomic
def end(
    partnership: Partnership,
    *,
    by: Person,
    now: datetime.datetime,
    reason: str = "",
    note: str = "",
    wants_new_match: str = "",
) -> None:
    """End a partnership without fault (X3): places become free, the others and the co-ordinators are told, never why.

    Reason and note are for the co-ordinators alone. Refused when it has ended already.
    """
    held = _lock(partnership)
    held.state = end_partnership(held, by=by, now=now).state
    Ending.objects.create(partnership=held, ended_by=by, reason=reason, note=note, wants_new_match=wants_new_match)
    letters.tell("ended", held, _others(held, by), by=by, now=now)
    letters.tell("ended_for_coordinators", held, _coordinators(held.programme, by), by=by, now=now)


def _lock(partnership: Partnership) -> Partnership:
    locked = Partnership.objects.select_for_update(of=("self",)).filter(pk=partnership.pk)
    held = with_signs(locked).select_related("programme__organisation").get()
    if held.state == PartnershipState.ENDED:
        raise Refused("This partnership has ended already.")
    return held


def _others(partnership: Partnership, by: Person) -> list[Person]:
    members = partnership.members.select_related("person").exclude(person=by).filter(left_at=None)
    return [member.person for member in members]


def _coordinators(programme: Programme, by: Person) -> list[Person]:
    return [person for person in coordinators_of(programme) if person.pk != by.pk]
