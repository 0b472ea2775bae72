"""Pages of meetings to come: plan, look, move, cancel."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership
from programmes.support import queries
from programmes.support.circles.queries import next_in_turn
from programmes.support.circles.sizes import takes_turns
from programmes.support.forms import LENGTHS, OTHER
from programmes.support.models import PlannedMeeting, Topic
from programmes.support.planning import actions
from programmes.support.planning.forms import CancelForm, PlanForm, filled_in, proposed
from programmes.support.planning.letters import calendar_of, say_when
from programmes.support.planning.queries import find_planned, open_points

from .meetings import usual


@partnership_page("meeting content", "C")
def plan(request: Visit, partnership: Partnership) -> HttpResponse:
    """Plan the next meeting; what the last one left open stands on its agenda already."""
    form = form_for(request, first_proposal(request) if request.method != "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            planned = actions.plan_meeting(
                partnership, form.plan, form.cleaned_data["agenda"], by=request.person, now=timezone.now()
            )
            messages.success(request, "It is planned. A calendar entry is on its way to each of you.")
            return redirect(partnership.url("support:planned", pk=planned.pk))
    return show(request, "support/plan.html", form=form)


@partnership_page("meeting content", "R")
def planned(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """One planned meeting: when, how, where, and what about."""
    meeting = find(partnership, pk)
    context = {
        "planned": meeting,
        "when": say_when(meeting, request.person),
        "words": meeting.kept.words,
        "topics": meeting.topics.select_related("kept__key"),
    }
    return show(request, "support/planned.html", **context)


@partnership_page("meeting content", "U")
def move(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Change when, how or where, or only the agenda."""
    meeting = find(partnership, pk)
    topics = meeting.topics.select_related("kept__key")
    form = form_for(request, filled_in(meeting, request.person), topics)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.move_meeting(meeting, form.plan, form.cleaned_data["agenda"], by=request.person, now=timezone.now())
            messages.success(request, "It is changed. Calendars follow by themselves where the time or place is new.")
            return redirect(partnership.url("support:planned", pk=pk))
    return show(request, "support/move.html", form=form, planned=meeting, **notice(meeting))


@partnership_page("meeting content", "U")
def cancel(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Call a meeting off, kindly; another time is offered first."""
    meeting = find(partnership, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    form.tell_readers(readers(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.cancel_meeting(meeting, by=request.person, now=timezone.now(), reason=form.said)
            messages.success(request, "It is cancelled, and gone from your calendars. Plan another when you can.")
            return redirect(partnership.url("support:partnership"))
    return show(
        request,
        "support/cancel.html",
        form=form,
        planned=meeting,
        when=say_when(meeting, request.person),
        **notice(meeting),
    )


@partnership_page("meeting content", "R")
def calendar(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    file = calendar_of(find(partnership, pk), request.person, now=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)


def find(partnership: Partnership, pk: UUID) -> PlannedMeeting:
    found = find_planned(partnership, pk)
    if found is None:
        raise Http404
    return found


def form_for(request: Visit, initial: dict[str, Any] | None, chosen: Iterable[Topic] = ()) -> PlanForm:
    form = PlanForm(
        request.POST or None, initial=initial, partnership=request.partnership, person=request.person, chosen=chosen
    )
    form.tell_readers(readers(request))
    return form


def first_proposal(request: Visit) -> dict[str, Any]:
    """The day of the last log's "next time", the way and length of the last meeting, the open points."""
    last = usual(request.partnership)
    meetings = queries.meetings_of(request.partnership)
    meant = next((meeting.next_on for meeting in meetings if meeting.next_on), None)
    length = last.get("length", "60")
    day = meant if meant and meant > timezone.localdate() else None
    turn = next_in_turn(request.partnership) if takes_turns(request.partnership.model) else None
    return {"first_turn": str(turn.pk) if turn else ""} | proposed(
        day,
        last.get("medium", ""),
        length if length in LENGTHS and length != OTHER else "",
        open_points(request.partnership),
    )


def notice(meeting: PlannedMeeting) -> dict[str, bool]:
    return {"short_notice": actions.is_short_notice(meeting, timezone.now())}


def readers(request: Visit) -> str:
    return f"You and {queries.name_others(request.partnership, request.person)} read this."


def show(request: Visit, template: str, **context: Any) -> HttpResponse:
    return render(request, template, {"others": queries.name_others(request.partnership, request.person), **context})
