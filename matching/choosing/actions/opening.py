"""Saying who chooses; opening it and closing it."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from matching.choosing import letters
from matching.choosing.models import LISTED, Choosing, Entry, RequestState
from matching.choosing.queries import mentees_to_ask, open_requests, places_to_ask
from matching.queries import mentees_to_match
from matching.together import PAIRS
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Degree, Participant, Programme

from .holding import hold_choosing, hold_programme
from .requests import end_request
from .suggesting import suggest_next

ONLY_PAIRS = "People can choose for themselves where one mentee has one mentor. Other models are matched by you."


@transaction.atomic
def set_degree(programme: Programme, degree: str, *, by: Person, now: datetime.datetime) -> Programme:
    """Say who chooses (S5). Refused while people are choosing, and in programmes that do not match a mentee with a mentor."""
    held = hold_programme(programme)
    if held.choosings.filter(closed_at=None).exists():
        raise Refused("People are choosing at the moment. Close that first.")
    if degree != Degree.CENTRAL and held.model not in PAIRS:
        raise Refused(ONLY_PAIRS)
    before, held.degree = held.degree, degree
    held.save(update_fields=["degree"])
    audit.record("who chooses changed", on=held, by=by, at=now, before=before, after=degree)
    return held


@transaction.atomic
def open_choosing(
    programme: Programme,
    *,
    by: Person,
    now: datetime.datetime,
    closes_on: datetime.date | None = None,
    answer_days: int = 7,
    most_open: int = 1,
) -> Choosing:
    """Let people choose, in the programme's degree, and tell them. An event is opened by `plan_event`.

    Refused when something is open, when nobody waits, when no mentor can be asked, and for a last day that has passed.
    """
    choosing = begin(programme, by=by, now=now, closes_on=closes_on, answer_days=answer_days, most_open=most_open)
    mentees = mentees_to_ask(choosing.programme)
    if not mentees:
        raise Refused("Every mentee has a partner. There is nobody who could choose.")
    places = places_to_ask(choosing.programme)
    if not places:
        raise Refused("No mentor with a free place has said what mentees may read. Ask them first.")
    if choosing.degree == Degree.SHORTLIST:
        write_lists(choosing, mentees, places)
    if choosing.degree == Degree.SUGGESTED:
        suggest_next(choosing, now=now)
    else:
        letters.tell("opened", choosing, mentees)
    return choosing


def begin(programme: Programme, *, by: Person, now: datetime.datetime, **settings: object) -> Choosing:
    """A new choosing in the programme's degree, of which only one is open at a time."""
    held = hold_programme(programme)
    if held.model not in PAIRS:
        raise Refused(ONLY_PAIRS)
    if held.degree == Degree.CENTRAL:
        raise Refused("In this programme the co-ordinator matches people. Change who chooses first.")
    if held.choosings.filter(closed_at=None).exists():
        raise Refused("People are choosing already. Close that first.")
    closes_on = settings.get("closes_on")
    if isinstance(closes_on, datetime.date) and closes_on < timezone.localdate(now):
        raise Refused(f"{closes_on:%-d %B %Y} has passed. Give a later last day.")
    choosing = Choosing.objects.create(programme=held, degree=held.degree, opened_by=by, opened_at=now, **settings)
    audit.record("choosing opened", on=choosing, by=by, at=now, degree=held.degree)
    return choosing


def write_lists(
    choosing: Choosing,
    mentees: list[Participant],
    places: dict[Participant, int],
    *,
    only: Collection[Participant] | None = None,
) -> None:
    """Ten mentors for each mentee, by what the pair is worth less what the place is worth to others.

    With `only`, lists are kept for these alone, though all of them were thought of; whoever has a list keeps theirs.
    """
    from matching.choosing.asking import gather, list_mentors  # loads SciPy, which only this needs

    pool = gather(choosing.programme, mentees, places)
    listed = set(choosing.entries.values_list("mentee", flat=True))
    wanted = {mentee for mentee in (mentees if only is None else only) if mentee.pk not in listed}
    lists = {mentee: mentors for mentee, mentors in list_mentors(pool, LISTED).items() if mentee in wanted}
    pairs = [(mentee, mentor) for mentee, mentors in lists.items() for mentor in mentors]
    ranks = [place for mentors in lists.values() for place in range(1, len(mentors) + 1)]
    Entry.objects.bulk_create(
        Entry(choosing=choosing, mentee=mentee, mentor=mentor, place=place, reasons=reasons)
        for (mentee, mentor), place, reasons in zip(pairs, ranks, pool.explain(pairs), strict=True)
    )


@transaction.atomic
def close_choosing(choosing: Choosing, *, by: Person | None, now: datetime.datetime) -> Choosing:
    """End the time of choosing. Requests that are open end with it, and everybody who waits hears what comes next."""
    held = hold_choosing(choosing)
    held.closed_at = now
    held.save(update_fields=["closed_at"])
    for request in open_requests(held.programme).filter(choosing=held):
        end_request(request, RequestState.CLOSED, now=now)
    letters.tell("closed", held, mentees_to_match(held.programme))
    audit.record("choosing closed", on=held, by=by, at=now)
    return held
