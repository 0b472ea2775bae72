"""For those who run a programme: who chooses, what is open, how it goes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching.choosing import actions, queries
from matching.choosing.forms import DegreeForm, OpenForm
from matching.choosing.models import Choosing, RequestState
from matching.queries import mentees_to_match, mentors_with_places
from matching.together import matches_pairs
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Degree, Programme

SHOWN = 50  # open requests, those that run out first
ENDS = [state for state in RequestState if state != RequestState.OPEN]


@programme_page("choosing", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """What is open and how it goes; before that, who could choose among whom."""
    choosing = queries.open_choosing(programme)
    if not choosing and not matches_pairs(programme):
        return render(request, "choosing/not_here.html")
    context = {"choosing": choosing, **people(programme), **(progress(choosing) if choosing else {})}
    return render(request, "choosing/home.html", context)


def people(programme: Programme) -> dict[str, Any]:
    """Who waits, which mentors could be asked, and which have not said what may be read."""
    mentees, places = mentees_to_match(programme), mentors_with_places(programme)
    shown = {mentor.pk for mentor in queries.shown_mentors(programme)}
    return {
        "mentees": mentees,
        "mentors": list(places),
        "shown": [mentor for mentor in places if mentor.pk in shown],
        "hidden": [mentor for mentor in places if mentor.pk not in shown],
    }


def progress(choosing: Choosing) -> dict[str, Any]:
    """How far it has come: who has chosen, what became of requests, and what people said when they declined."""
    counts = queries.count_requests(choosing)
    lists = choosing.entries.values("mentee").distinct().count() if choosing.degree == Degree.SHORTLIST else 0
    return {
        "lists": lists,
        "choosers": queries.count_choosers(choosing),
        "waiting_for_answers": counts.get(RequestState.OPEN, 0),
        "requests": queries.open_requests(choosing.programme)
        .select_related(*queries.BOTH)
        .order_by("expires_at")[:SHOWN],
        "ends": [(state.label, counts[state]) for state in ENDS if counts.get(state)],
        "declines": queries.declines_in(choosing.programme)[:20],
    }


@programme_page("choosing", "U")
def who(request: Visit, programme: Programme) -> HttpResponse:
    """Who chooses: from the co-ordinator alone to people among themselves."""
    if not matches_pairs(programme):
        return render(request, "choosing/not_here.html")
    form = DegreeForm(request.POST or None, initial={"degree": programme.degree})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_degree(programme, form.cleaned_data["degree"], by=request.person, now=timezone.now())
            messages.success(request, "It is set. Nobody hears of it before you open it.")
            return redirect(programme.url("choosing:home"))
    return render(request, "choosing/who.html", {"form": form})


@programme_page("choosing", "A")
def open(request: Visit, programme: Programme) -> HttpResponse:
    """How long it stays open; then people are told."""
    if not matches_pairs(programme):
        return render(request, "choosing/not_here.html")
    if programme.degree == Degree.EVENT:
        return redirect(programme.url("choosing:plan_event"))
    form = OpenForm(request.POST or None, degree=programme.degree)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.open_choosing(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"It is open. {told(programme)}")
            return redirect(programme.url("choosing:home"))
    return render(request, "choosing/open.html", {"form": form, **people(programme)})


def told(programme: Programme) -> str:
    if programme.degree == Degree.SUGGESTED:
        return "Both sides are being asked."
    if programme.sends_drafts:
        return "The messages wait for you to read them."
    return "Mentees are being told."


@programme_page("choosing", "A")
@require_POST
def close(request: Visit, programme: Programme) -> HttpResponse:
    """Close what is open: requests end with it, and those who wait are told."""
    choosing = queries.open_choosing(programme)
    if choosing is None:
        messages.warning(request, "There is nothing open.")
        return redirect(programme.url("choosing:home"))
    with refusals_on(request):
        actions.close_choosing(choosing, by=request.person, now=timezone.now())
        if choosing.degree in (Degree.SHORTLIST, Degree.EVENT):
            messages.success(request, "It is closed. Run matching now: it counts what people chose.")
            return redirect(programme.url("matching:home"))
        messages.success(request, "It is closed. Everybody who waited for an answer has been told.")
    return redirect(programme.url("choosing:home"))


@programme_page("choosing", "A")
@require_POST
def ask_for_profiles(request: Visit, programme: Programme) -> HttpResponse:
    """Ask mentors what mentees may read of them."""
    with refusals_on(request):
        count = actions.ask_for_profiles(programme, by=request.person, now=timezone.now())
        told = "wait for you to read them" if programme.sends_drafts else "are on their way"
        messages.success(request, f"Messages to {count} mentor{'' if count == 1 else 's'} {told}.")
    return redirect(programme.url("choosing:home"))
