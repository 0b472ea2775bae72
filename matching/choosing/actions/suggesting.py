"""Suggesting a partner to both sides, and the next one when it does not come about."""

import datetime

from django.db import transaction

from matching.choosing import letters
from matching.choosing.models import Choosing
from matching.choosing.queries import mentees_to_ask, pairs_tried, places_to_ask
from mentoring import audit
from programmes.models import Degree, ProgrammeState

from .requests import make_request


@transaction.atomic
def suggest_next(choosing: Choosing, *, now: datetime.datetime) -> int:
    """Suggest a mentor to every mentee who waits, the best for all of them together, and never a pair that was tried.

    Both are asked, and neither hears what the other said before both said yes. Returns how many were suggested: none
    where nobody waits, so that looking twice changes nothing.
    """
    from matching.choosing.asking import gather, pair_up  # loads SciPy, which only this needs

    rows = Choosing.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    held = rows.get(pk=choosing.pk)
    if not held.is_open or held.degree != Degree.SUGGESTED or held.programme.state == ProgrammeState.CLOSED:
        return 0
    mentees, places = mentees_to_ask(held.programme), places_to_ask(held.programme)
    if not mentees or not places:
        return 0
    pool = gather(held.programme, mentees, places, pairs_tried(held))
    pairs = pair_up(pool)
    made = [
        make_request(held, mentee, mentor, now=now, reasons=reasons)
        for (mentee, mentor), reasons in zip(pairs, pool.explain(pairs), strict=True)
    ]
    requests = [request for request in made if request]
    for request in requests:
        for reader in (request.mentee, request.mentor):
            letters.tell_of_request(request, reader)
    if requests:
        audit.record("partners suggested", on=held, by=None, at=now, pairs=len(requests))
    return len(requests)
