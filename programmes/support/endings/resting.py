"""Resting and going on: either partner may, at any time, and nobody is to blame (X3)."""

import datetime

from django.db import transaction

from mentoring import audit
from mentoring.accounts.clocks import today_of
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership, PartnershipState

from .. import letters
from ..circles.sizes import may_rest_all
from ..queries import with_signs


@transaction.atomic
def rest(partnership: Partnership, *, until: datetime.date | None = None, by: Person, now: datetime.datetime) -> None:
    """Let a partnership rest: nobody is reminded until it goes on; on the day `until`, all are asked whether it does.

    One that rests already may rest until another day. Refused unless it is under way or rests, for a day that has come or
    lies past the end, and for one of several who does not lead them.
    """
    held = lock(partnership)
    if not may_rest_all(held, by):
        raise Refused("A rest is for all of you. Ask whoever leads it, or your co-ordinator.")
    if held.state not in (PartnershipState.ACTIVE, PartnershipState.PAUSED):
        raise Refused("Only a partnership that is under way can rest.")
    if until and not today_of(by, now) < until <= held.ends_on:
        raise Refused(f"Give a day after today, and not after the last one, {held.ends_on:%-d %B %Y}.")
    held.state, held.resting_until = PartnershipState.PAUSED, until
    held.save(update_fields=["state", "resting_until"])
    letters.tell("rests", held, others(held, by), by=by, now=now, until=until)
    audit.record("partnership rests", on=held, by=by, at=now, **({"until": until.isoformat()} if until else {}))


@transaction.atomic
def go_on(partnership: Partnership, *, by: Person, now: datetime.datetime) -> None:
    """Go on after a rest: the rhythm counts from today. Refused unless it rests."""
    held = lock(partnership)
    if held.state != PartnershipState.PAUSED:
        raise Refused("This partnership does not rest.")
    held.state, held.resting_until = PartnershipState.ACTIVE, None
    held.rhythm_from = today_of(by, now)
    held.save(update_fields=["state", "resting_until", "rhythm_from"])
    letters.tell("goes_on", held, others(held, by), by=by, now=now)
    audit.record("partnership goes on", on=held, by=by, at=now)


def lock(partnership: Partnership) -> Partnership:
    """The partnership with its signs, held until the transaction ends. Refused once it has ended."""
    locked = Partnership.objects.select_for_update(of=("self",)).filter(pk=partnership.pk)
    held = with_signs(locked).select_related("programme__organisation").get()
    if held.state == PartnershipState.ENDED:
        raise Refused("This partnership has ended already.")
    return held


def others(partnership: Partnership, by: Person) -> list[Person]:
    """Everybody in it but this one, as far as they have not left."""
    members = partnership.members.select_related("person").exclude(person=by).filter(left_at=None)
    return [member.person for member in members]
