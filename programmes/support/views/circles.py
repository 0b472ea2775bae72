"""Pages of partnerships of more than two: topics, turns, who came, who is in it, a word alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership
from programmes.support import queries
from programmes.support.circles import actions, leaving, people, sharing
from programmes.support.circles.forms import AttendanceForm, JoinForm, TopicForm
from programmes.support.circles.queries import (
    attendance_of,
    next_in_turn,
    requests_for,
    topics_of,
    who_may_join,
)
from programmes.support.circles.sizes import is_larger, with_parts

from .meetings import find


@partnership_page("meeting content", "U")
def circle(request: Visit, partnership: Partnership) -> HttpResponse:
    """Topics to wish for, whose turn is next, who is in it and since when, and asking for a word alone.

    Two need none of it: their own page says whose turn it is.
    """
    if not is_larger(partnership.model):
        return redirect(partnership.url("support:partnership"))
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.propose_topic(partnership, form.cleaned_data["what"], by=request.person, now=timezone.now())
            messages.success(request, "Your topic is on the list. Others can wish for it too.")
            return redirect(partnership.url("support:circle"))
    context = {
        "form": form,
        "topics": topics_of(partnership, request.person),
        "turn": next_in_turn(partnership),
        "requests": requests_for(partnership, request.person)[:10],
        "members": with_parts(partnership, partnership.ordered_members()),
        "newcomers": sharing.newcomers(partnership, request.person),
        "others": queries.name_others(partnership, request.person),
    }
    return render(request, "support/circle.html", context)


@partnership_page("meeting content", "U")
@require_POST
def wish(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Wish for a topic, or take the wish back."""
    topic = get_object_or_404(partnership.topics, pk=pk)
    return do(
        request, lambda: actions.wish(topic, wished="undo" not in request.POST, by=request.person, now=timezone.now())
    )


@partnership_page("meeting content", "U")
@require_POST
def ask(request: Visit, partnership: Partnership, person: UUID) -> HttpResponse:
    """Ask a member for a conversation alone."""
    of = member(partnership, person)
    return do(
        request,
        lambda: actions.ask_for_a_word(partnership, of, by=request.person, now=timezone.now()),
        f"{of.first_name} is asked. You will hear by e-mail.",
    )


@partnership_page("meeting content", "U")
@require_POST
def answer_request(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Agree to a conversation alone, or not now."""
    asked = get_object_or_404(requests_for(partnership, request.person), pk=pk)
    asked.partnership = partnership
    agrees = request.POST.get("answer") == "yes"
    return do(request, lambda: actions.answer_request(asked, agrees=agrees, by=request.person, now=timezone.now()))


@partnership_page("meeting content", "U")
@require_POST
def share(request: Visit, partnership: Partnership, person: UUID) -> HttpResponse:
    """Let somebody who joined later read what was kept before."""
    newcomer = member(partnership, person)
    return do(
        request,
        lambda: sharing.share(partnership, newcomer, by=request.person, now=timezone.now()),
        f"Noted. Once all of you who were there have said so, {newcomer.first_name} can read it.",
    )


@partnership_page("meeting activity", "U")
def attendance(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Who came to a meeting."""
    meeting = find(queries.meetings_of(partnership), pk)
    if not meeting.is_held:
        raise Http404
    came, visitors = attendance_of(meeting)
    initial = {"people": [str(pk) for pk in came], "visitors": "\n".join(visitors)}
    form = AttendanceForm(request.POST or None, initial=initial, partnership=partnership, day=meeting.met_on)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.record_attendance(
                meeting, form.came, form.cleaned_data["visitors"], by=request.person, now=timezone.now()
            )
            messages.success(request, "It is noted who came.")
            return redirect(partnership.url("support:partnership"))
    return render(request, "support/attendance.html", {"form": form, "meeting": meeting})


@partnership_page("partnership", "U")
def membership(request: Visit, partnership: Partnership) -> HttpResponse:
    """For those who run the programme: who is in it, since when, and who joins."""
    form = JoinForm(request.POST or None, candidates=who_may_join(partnership))
    if request.method == "POST" and form.is_valid():
        participant = form.cleaned_data["participant"]
        with refusals_on(form):
            people.join(partnership, participant, by=request.person, now=timezone.now())
            messages.success(request, f"{participant.name} has joined. Everybody in it is told.")
            return redirect(partnership.url("support:membership"))
    members = with_parts(partnership, partnership.ordered_members())
    return render(request, "support/membership.html", {"form": form, "members": members})


@partnership_page("partnership", "U")
@require_POST
def has_left(request: Visit, partnership: Partnership, person: UUID) -> HttpResponse:
    """For those who run the programme: somebody is no longer in it."""
    who = member(partnership, person)
    with refusals_on(request):
        leaving.leave(partnership, who, by=request.person, now=timezone.now())
        messages.success(request, f"{who.first_name} has left. The others are told.")
    return redirect(partnership.url("support:membership"))


def member(partnership: Partnership, person: UUID) -> Any:
    """Somebody who is in it now."""
    here = [one.person for one in partnership.members.all() if one.left_at is None and one.person_id == person]
    if not here:
        raise Http404
    return here[0]


def do(request: Visit, act: Any, thanks: str = "") -> HttpResponse:
    """Something that a button does; a refusal is said on the page it leads back to."""
    with refusals_on(request):
        act()
        if thanks:
            messages.success(request, thanks)
    return redirect(request.partnership.url("support:circle"))
