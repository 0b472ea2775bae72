"""Putting people in order: mentors of one's short list, or those met at the event."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from matching.choosing import actions, queries
from matching.choosing.cards import Card, cards_of, reasons_shown
from matching.choosing.forms import RankForm
from matching.choosing.models import Choosing, Entry, Seat
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Degree, Participant, ParticipantRole, Programme

from .finding import own_parts


@programme_page("own choosing", "U")
def rank(request: Visit, programme: Programme) -> HttpResponse:
    """Put mentors of the short list, or the people met at the event, in order."""
    choosing = queries.open_choosing(programme)
    part = ranking_part(request, programme, choosing)
    if choosing is None or part is None:
        messages.warning(request, "There is nobody to rank at the moment.")
        return redirect(programme.url("choosing:own"))
    offered = offered_to(choosing, part)
    chosen = [key for _, key in sorted((one["rank"], one["key"]) for one in offered if one["rank"])]
    most = actions.most_ranked(choosing)
    labels = [(one["key"], one["label"]) for one in offered]
    form = RankForm(request.POST or None, choices=labels, most=most, initial={"ranked": chosen})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["ranked"]
        with refusals_on(form):
            actions.rank(choosing, part, wanted, by=request.person, now=timezone.now())
            messages.success(request, said(len(wanted)))
            return redirect(programme.url("choosing:own"))
    context = {"form": form, "offered": offered, "choosing": choosing, "part": part, "most": most}
    return render(request, "choosing/rank.html", context)


def said(count: int) -> str:
    return "Thank you. Your choice is kept." if count else "You have chosen nobody. You can come back until it closes."


def ranking_part(request: Visit, programme: Programme, choosing: Choosing | None) -> Participant | None:
    """The part in which the visitor ranks: a mentee from the list, both sides after an event."""
    if choosing is None or choosing.degree not in (Degree.SHORTLIST, Degree.EVENT):
        return None
    if choosing.degree == Degree.EVENT and timezone.now() < choosing.occasion.held_at:
        return None
    parts = own_parts(request, programme)
    asked = request.GET.get("as", "")
    ranking = [part for part in parts if choosing.degree == Degree.EVENT or part.role == ParticipantRole.MENTEE]
    return next((part for part in ranking if part.role == asked), next(iter(ranking), None))


def offered_to(choosing: Choosing, part: Participant) -> list[dict[str, Any]]:
    """Whom somebody may rank, with what each shows and why, and the rank they have given."""
    if choosing.degree == Degree.EVENT:
        ranks = queries.ranks_by(choosing, part)
        met = [other_at(seat, part) for seat in queries.seats_of([part], choosing.occasion)]
        return [offer(Card(one, one.name), one.name, ranks.get(one.pk)) for one in met]
    entries = queries.list_of(choosing, part)
    cards = cards_of([one.mentor for one in entries], {one.mentor_id: str(one) for one in entries})
    return [
        offer(
            cards[one.mentor_id], say_entry(one, cards[one.mentor_id]), one.rank, reasons_shown(one.reasons, one.mentor)
        )
        for one in entries
    ]


def offer(card: Card, label: str, rank: int | None, reasons: list[Any] | None = None) -> dict[str, Any]:
    return {"key": str(card.participant.pk), "card": card, "label": label, "rank": rank, "reasons": reasons or []}


def other_at(seat: Seat, part: Participant) -> Participant:
    return seat.mentor if part.pk == seat.mentee_id else seat.mentee


def say_entry(entry: Entry, card: Card) -> str:
    """ "Mentor A", with the name of a mentor who shows it."""
    return str(entry) if card.name == str(entry) else f"{entry}: {card.name}"
