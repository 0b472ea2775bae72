"""Those without a partner: kind words, and their own choice whether to stay in the pool."""

import datetime

from django.db import transaction

from matching.choosing import letters
from matching.choosing.models import Staying, Wish
from matching.choosing.queries import people_without_a_match
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Participant, ParticipantState, Programme

from .holding import hold_programme


@transaction.atomic
def write_to_waiting(programme: Programme, *, by: Person, now: datetime.datetime) -> int:
    """Draft a kind letter to everybody without a partner, for the co-ordinator to read and send. Returns how many.

    Once a day at most; those who left the pool are left alone. Refused when nobody waits.
    """
    held = hold_programme(programme)
    waiting = [one for one in people_without_a_match(held) if one.state == ParticipantState.ACTIVE]
    if not waiting:
        raise Refused("Everybody has a partner. There is nobody to write to.")
    known = {one.participant_id: one for one in Staying.objects.filter(participant__in=waiting)}
    new = [Staying(participant=one, asked_at=now) for one in waiting if one.pk not in known]
    known |= {one.participant_id: one for one in Staying.objects.bulk_create(new)}
    for one in waiting:
        one.programme, one.staying = held, known[one.pk]
    letters.draft_waiting(held, waiting, f"{now:%Y-%m-%d}", by)
    audit.record("letters to people without a match drafted", on=held, by=by, at=now, people=len(waiting))
    return len(waiting)


@transaction.atomic
def answer_staying(participant: Participant, wish: str, *, now: datetime.datetime) -> Participant:
    """Stay in the pool, leave it, or come back; the last answer counts.

    Refused for somebody who has a partner by now, and once the programme is closed.
    """
    programme = hold_programme(participant.programme)
    held = Participant.objects.select_for_update(of=("self",)).select_related("person").get(pk=participant.pk)
    if held.memberships.filter(live=True).exists():
        raise Refused("You have a partner now, so there is nothing to decide here.")
    held.state = ParticipantState.LEFT if wish == Wish.LEAVE else ParticipantState.ACTIVE
    held.save(update_fields=["state"])
    Staying.objects.filter(participant=held).update(wish=wish, answered_at=now)
    audit.record("left the pool" if wish == Wish.LEAVE else "stays in the pool", on=held, by=held.person, at=now)
    held.programme = programme
    return held
