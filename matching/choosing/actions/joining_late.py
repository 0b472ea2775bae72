"""Those who come to wait after choosing was opened hear of it as the others did, and get what the others got."""

import datetime

from django.db import transaction

from matching.choosing import letters
from matching.choosing.models import Choosing
from matching.choosing.queries import not_yet_told, places_to_ask
from matching.queries import mentees_to_match, mentors_with_places
from mentoring import audit
from programmes.models import Degree, Participant

from .opening import write_lists


@transaction.atomic
def include_late(choosing: Choosing, *, now: datetime.datetime) -> int:
    """Give whoever has come to wait since a short list, or an invitation while the event is ahead, and tell them.

    Returns how many; looking twice changes nothing. Suggestions include everybody by themselves.
    """
    rows = Choosing.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    held = rows.get(pk=choosing.pk)
    if not held.is_open:
        return 0
    if held.degree == Degree.EVENT:
        late = invite(held, now)
    else:
        late = not_yet_told(held, "choosing_opened", mentees_to_match(held.programme))
        if late and held.degree == Degree.SHORTLIST:
            write_lists(held, mentees_to_match(held.programme), places_to_ask(held.programme), only=late)
        letters.tell("opened", held, late)
    if late:
        audit.record("told of choosing later", on=held, by=None, at=now, people=len(late))
    return len(late)


def invite(choosing: Choosing, now: datetime.datetime) -> list[Participant]:
    """Late comers on both sides, while there is still time to come."""
    occasion = choosing.occasion
    if occasion.held_at <= now:
        return []
    people = [*mentees_to_match(choosing.programme), *mentors_with_places(choosing.programme)]
    late = not_yet_told(choosing, "choosing_invited", people)
    letters.tell("invited", choosing, late, occasion=occasion)
    return late
