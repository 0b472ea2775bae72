"""The programme's home: the next thing to do, the seven steps, who needs you."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils import timezone

from mentoring.audit.models import Event
from mentoring.audit.queries import events_of
from mentoring.organisations.policy import Hat, allows
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme
from programmes.steps import State, Status, Step, load_steps

SHOWN_EVENTS = 5
STATE_KINDS = {State.IN_PROGRESS: "info"}
Standing = list[tuple[Step, Status]]


@dataclass(frozen=True)
class Happened:
    """A line of “What happened”."""

    sentence: str
    who: str
    at: Any


@programme_page("programme home", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    if allows(request.hats, "programme settings", "R"):
        return render(request, "programmes/home.html", staff_home(programme, request.hats))
    if Hat.SPONSOR in request.hats:
        return render(request, "programmes/sponsor_home.html", sponsor_home(programme, request.hats))
    return redirect("/my/")


def staff_home(programme: Programme, hats: frozenset[Hat]) -> dict[str, Any]:
    """For those who run the programme: the next thing, the steps as links, what waits and what was done."""
    steps = standing(programme)
    following = next_step(steps)
    return {
        "tasks": [task(programme, step, status, now=following and following[0] is step) for step, status in steps],
        "next": following and next_panel(programme, *following),
        "needs": [need for _, status in steps for need in status.needs],
        "can_change": allows(hats, "programme settings", "U"),
        "events": [happened(event) for event in events_of(programme.pk)[:SHOWN_EVENTS]],
    }


def sponsor_home(programme: Programme, hats: frozenset[Hat]) -> dict[str, Any]:
    """For those who answer for the programme: the same steps, links to what they may read, no names (A12)."""
    steps = standing(programme)
    return {
        "tasks": [task(programme, step, status, link=may_open(programme, step, hats)) for step, status in steps],
        "decisions": [need for _, status in steps for need in status.decisions],
        "events": [Happened(event.what.capitalize(), "", event.at) for event in events_of(programme.pk)[:SHOWN_EVENTS]],
    }


def standing(programme: Programme) -> Standing:
    """How each step stands today."""
    today = timezone.localdate()
    return [(step, step.status(programme, today)) for step in load_steps()]


def task(programme: Programme, step: Step, status: Status, *, link: bool = True, now: Any = False) -> dict[str, Any]:
    """A row of the task list. A tag marks only what needs work; a finished step is plain words."""
    can_open = link and status.state != State.CANNOT_START
    return {
        "number": step.number,
        "label": step.verb,
        "url": programme.url(step.home) if can_open else "",
        "hint": status.sentence,
        "word": status.action or status.state,
        "kind": "info" if status.action else STATE_KINDS.get(status.state, "plain"),
        "now": bool(now),
    }


def may_open(programme: Programme, step: Step, hats: frozenset[Hat]) -> bool:
    """Whether these hats pass the gate of the step's own home."""
    policy = getattr(resolve(programme.url(step.home)).func, "policy")
    return allows(hats, policy.thing, policy.verb)


def next_step(steps: Standing) -> tuple[Step, Status] | None:
    """The first step with something to do now; else the first that is not completed and can start."""
    waiting = [pair for pair in steps if pair[1].action]
    open_steps = [pair for pair in steps if pair[1].state in (State.NOT_STARTED, State.IN_PROGRESS)]
    return next(iter(waiting or open_steps), None)


def next_panel(programme: Programme, step: Step, status: Status) -> dict[str, Any]:
    """The words of “Next:”, with one button."""
    return {
        "title": f"Next: {lower_first(status.action or step.verb)}",
        "why": status.why or status.sentence,
        "action": status.action or "Open this step",
        "url": status.url or programme.url(step.home),
        "minutes": status.minutes,
    }


def happened(event: Event) -> Happened:
    """An event of the trail as a sentence: what was done and to what."""
    label = "" if event.kind == "programme" else f": {event.label}"
    return Happened(f"{event.what.capitalize()}{label}", str(event.person) if event.person else "", event.at)


def lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
