"""People who take part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from mentoring.organisations.policy import allows
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import ParticipantRole, Programme
from programmes.recruitment import actions
from programmes.recruitment.forms import PlacesForm
from programmes.recruitment.queries import count_participants, participants_search, places_of_mentors

from .applications import A_PAGE, answers_in_words


@programme_page("participant", "Rm")
def participants(request: Visit, programme: Programme) -> HttpResponse:
    """Everybody who takes part. An organisation's administrator sees who and since when, and opens nobody's page."""
    counts, role = count_participants(programme), request.GET.get("role", "")
    words = request.GET.get("q", "").strip()[:200]
    page = Paginator(participants_search(programme, role, words), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "role": role,
        "words": words,
        "chips": chips(counts, role),
        "any": bool(counts),
        "places": places_of_mentors(programme),
        "may_open": allows(request.hats, "participant", "R"),
    }
    return render(request, "recruitment/participants.html", context)


def chips(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    names = [("", "Everybody", sum(counts.values()))]
    names += [
        (role, f"{role.label}s", counts.get(role, 0))
        for role in ParticipantRole
        if counts.get(role) or role != "facilitator"
    ]
    return [
        {"label": label, "count": count, "url": f"?role={role}", "current": role == chosen}
        for role, label, count in names
    ]


@programme_page("participant", "U")
def participant(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """One person: what they answered, and for a mentor how many mentees they take."""
    found = get_object_or_404(programme.participants.select_related("person"), pk=pk)
    form = PlacesForm(request.POST or None, initial={"capacity": found.capacity})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form, "capacity"):
            actions.change_places(found, form.cleaned_data["capacity"], by=request.person, now=timezone.now())
            messages.success(request, f"{found.name} takes {form.cleaned_data['capacity']} at once.")
            return redirect(programme.url("recruitment:participant", pk=pk))
    application = getattr(found, "application", None)
    context = {
        "participant": found,
        "application": application,
        "answers": answers_in_words(application) if application else [],
        "form": form if found.role == ParticipantRole.MENTOR else None,
    }
    return render(request, "recruitment/participant.html", context)
