"""For those who take part: what there is to choose, to answer, and where they sit."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching.choosing import actions, letters, queries
from matching.choosing.models import Occasion, Request, Seat
from matching.choosing.printing import describe, render_timetables
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Degree, Participant, ParticipantRole, Programme

from .finding import own_parts

SHOWN, SHOWN_ENDED = 50, 10  # requests that are read, and ended ones that are shown


@programme_page("own choosing", "R")
def own(request: Visit, programme: Programme) -> HttpResponse:
    """The one page from which somebody chooses, whatever the programme's way is."""
    choosing = queries.open_choosing(programme)
    parts = own_parts(request, programme, choosing)
    occasion = choosing.occasion if choosing and choosing.degree == Degree.EVENT else None
    requests = [] if occasion else [about(one, parts) for one in queries.requests_of(programme, parts)[:SHOWN]]
    seats = list(queries.seats_of(parts, occasion)) if occasion and occasion.sent_at else []
    context = {
        "choosing": choosing,
        "parts": [panel(part, occasion, seats) for part in parts],
        "open": [one for one in requests if one["request"].is_open],
        "ended": [one for one in requests if not one["request"].is_open][:SHOWN_ENDED],
        "now": timezone.now(),
    }
    return render(request, "choosing/own.html", context)


def about(one: Request, parts: list[Participant]) -> dict[str, Any]:
    """A request as one of its two people sees it."""
    part = next(part for part in parts if part.pk in (one.mentee_id, one.mentor_id))
    return {"request": one, "other": letters.name_for(one, part), "answered": one.has_said_yes(part)}


def panel(part: Any, occasion: Occasion | None, seats: list[Seat]) -> dict[str, Any]:
    """One of the visitor's parts, and what it can do now."""
    is_mentee = part.role == ParticipantRole.MENTEE
    own = [seat for seat in seats if part.pk in (seat.mentee_id, seat.mentor_id)]
    return {
        "part": part,
        "is_mentee": is_mentee,
        "has_partner": is_mentee and part.partnerships,
        "profile": getattr(part, "profile", None),
        "occasion": occasion,
        "seats": [describe(occasion, part, seat) for seat in own] if occasion else [],
    }


@programme_page("own choosing", "U")
@require_POST
def coming(request: Visit, programme: Programme) -> HttpResponse:
    """Say whether one comes to the event."""
    choosing = queries.open_choosing(programme)
    parts = own_parts(request, programme)
    if choosing is None or choosing.degree != Degree.EVENT or not parts:
        messages.warning(request, "There is no event at the moment.")
        return redirect(programme.url("choosing:own"))
    is_coming = request.POST.get("coming") == "yes"
    with refusals_on(request):
        for part in parts:
            actions.answer_invitation(choosing.occasion, part, is_coming, by=request.person, now=timezone.now())
        messages.success(
            request, "Thank you. We look forward to seeing you." if is_coming else "Thank you for telling us."
        )
    return redirect(programme.url("choosing:own"))


@programme_page("own choosing", "R")
def timetable_pdf(request: Visit, programme: Programme) -> HttpResponse:
    """One's own timetable to print."""
    choosing = queries.open_choosing(programme)
    if choosing is None or choosing.degree != Degree.EVENT or not choosing.occasion.sent_at:
        messages.warning(request, "There is no timetable yet.")
        return redirect(programme.url("choosing:own"))
    found = [(part, list(queries.seats_of([part], choosing.occasion))) for part in own_parts(request, programme)]
    return render_timetables(request, choosing.occasion, [(part, seats) for part, seats in found if seats])
