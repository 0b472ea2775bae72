"""Putting people in order: mentors of one's short list, or those met at the event."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from matching.choosing import actions, queries
from matching.choosing.cards import Card, cards_of, reasons_shown
from matching.choosing.forms import RankForm
from matching.choosing.models import Choosing
from mentoring.refusal import Refused
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
    chosen = [str(one.chosen_id) for one in queries.choices_of(choosing, part)]
    most = actions.most_ranked(choosing)
    labels = [(str(one["card"].participant.pk), one["label"]) for one in offered]
    form = RankForm(request.POST or None, choices=labels, most=most, initial={"ranked": chosen})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["ranked"]
        try:
            actions.rank(choosing, part, wanted, by=request.person, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said(len(wanted)))
            return redirect(programme.url("choosing:own"))
    context = {"form": form, "offered": offered, "choosing": choosing, "most": most}
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
    """Whom somebody may rank, with what each shows and why."""
    if choosing.degree == Degree.EVENT:
        seats = queries.seats_of(part, choosing.occasion.seats)
        met = [seat.mentor if part.pk == seat.mentee_id else seat.mentee for seat in seats]
        return [{"card": Card(one, one.name), "label": one.name, "reasons": []} for one in met]
    entries = list(
        choosing.entries.filter(mentee=part).select_related("mentor__person", "mentor__profile").order_by("place")
    )
    cards = cards_of(part.programme, [one.mentor for one in entries], {one.mentor_id: str(one) for one in entries})
    return [
        {
            "card": cards[one.mentor_id],
            "label": str(one) if cards[one.mentor_id].name == str(one) else f"{one}: {cards[one.mentor_id].name}",
            "reasons": reasons_shown(one.reasons, one.mentor),
        }
        for one in entries
    ]
