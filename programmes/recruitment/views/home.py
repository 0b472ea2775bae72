"""Recruitment at a glance."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mentoring.addresses import absolute
from programmes.gates import programme_page
from programmes.models import Programme
from programmes.recruitment.models import ApplicationState, AppliesAs
from programmes.recruitment.queries import count_applications, count_participants, openings_of, places_of_mentors


@programme_page("application", "R")
def home(request: HttpRequest, programme: Programme) -> HttpResponse:
    context = {"roles": roles(programme), "places": places_of_mentors(programme)}
    return render(request, "recruitment/home.html", context)


def roles(programme: Programme) -> list[dict[str, Any]]:
    """For each role: whether it is open, its public address, and how many applied and take part."""
    counts, openings, people = count_applications(programme), openings_of(programme), count_participants(programme)
    return [
        {
            "role": role,
            "label": f"{role.label}s",
            "opening": openings.get(role),
            "stands": stands(openings.get(role)),
            "address": absolute(programme.url("apply:form", role=role)),
            "people": people.get(role, 0),
            **{str(state): counts.get((state, role), 0) for state in ApplicationState},
        }
        for role in AppliesAs
    ]


def stands(opening: Any) -> dict[str, str]:
    """An opening's state as a word and a kind."""
    today = timezone.localdate()
    if opening is None:
        return {"word": "Not opened", "kind": "plain"}
    if opening.is_over(today):
        return {"word": "Closed", "kind": "rest"}
    if not opening.has_begun(today):
        return {"word": f"Opens on {opening.opens_on:%-d %B %Y}", "kind": "info"}
    return {"word": f"Open until {opening.closes_on:%-d %B %Y}" if opening.closes_on else "Open", "kind": "ok"}
