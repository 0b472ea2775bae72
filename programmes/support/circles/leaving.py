"""Leaving a partnership of more than two while the others go on: as calm as ending, and as little has to be said (X3)."""

import datetime

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership

from .. import letters
from ..endings.actions import NOTHING, Parting, coordinators, keep_reasons, keep_wish, send_next_steps
from .people import lock, tell
from .sharing import newcomers, open_what_is_shared, say_shared
from .sizes import FEWEST, is_larger


@transaction.atomic
def leave(
    partnership: Partnership,
    person: Person,
    said: Parting = NOTHING,
    *,
    by: Person,
    now: datetime.datetime,
    shares: bool = False,
) -> None:
    """Let somebody leave: their place is free again, and what was said is no longer theirs to read.

    What they said goes where it goes at an ending. `shares`: those who joined later may read what was kept while they
    were there; nobody can ask them afterwards. Refused for models of two, where ending is the way, and when too few
    would be left.
    """
    held = lock(partnership)
    if not is_larger(held.model):
        raise Refused("Between two, leaving is ending: end the mentoring instead.")
    here = [member for member in held.members.all() if member.left_at is None]
    leaver = next((member for member in here if member.person_id == person.pk), None)
    if leaver is None:
        raise Refused(f"{person} is not in it.")
    if len(here) <= FEWEST:
        raise Refused("Too few would be left. End the mentoring instead.")
    if by == person:
        keep_reasons(held, said, by=by)
        keep_wish(held, said.wish, by=by, now=now)
        send_next_steps(held, said.next_steps, by=by)
    for newcomer in newcomers(held, person) if shares else []:
        say_shared(held, newcomer, by=by, now=now)
    leaver.left_at, leaver.live = now, False
    leaver.save(update_fields=["left_at", "live"])
    open_what_is_shared(held, by=by, now=now)
    others = [one.person for one in here if one != leaver]
    tell("left", held, person, others, by=by, now=now, message=said.message)
    letters.tell("left_for_coordinators", held, coordinators(held, by), by=by, now=now, who=person)
    audit.record("member left", on=held, by=by, at=now, person=str(person))
