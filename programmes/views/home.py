"""The programme's home: the next thing to do, the seven steps, who needs you."""

import itertools
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.audit.models import Event
from mentoring.audit.queries import events_of
from mentoring.organisations.policy import Hat, allows
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme
from programmes.navigation import TAKING_PART, may_open
from programmes.steps import State, Status, Step, statuses

SHOWN_EVENTS, LOOKED_THROUGH = 5, 60
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
    if allows(request.hats, "programme settings", "U"):
        return render(request, "programmes/home.html", working_home(programme))
    if request.hats & {Hat.ADMINISTRATOR, Hat.SPONSOR}:
        return render(request, "programmes/overview.html", overview(programme, request.hats))
    if allows(request.hats, "contracts as a party", "R") and not request.hats & TAKING_PART:
        return redirect(programme.url("contracts:named"))
    return redirect("/my/")


def working_home(programme: Programme) -> dict[str, Any]:
    """For those who run the programme: the next thing, the steps as links, what waits and what was done."""
    steps = statuses(programme, timezone.localdate())
    following = next_panel(programme, steps)
    now = following["number"] if following else None
    return {
        "tasks": [task(programme, step, status, now=step.number == now) for step, status in steps],
        "next": following,
        "needs": [need for _, status in steps for need in status.needs],
        "events": latest(programme, names=True),
    }


def overview(programme: Programme, hats: frozenset[Hat]) -> dict[str, Any]:
    """For those who answer for the programme: how it stands, links to what they may read, what they decide (A12).

    Sponsors see no names.
    """
    steps = statuses(programme, timezone.localdate())
    names = Hat.ADMINISTRATOR in hats
    return {
        "tasks": [
            task(programme, step, status, link=may_open(programme.url(step.home), hats)) for step, status in steps
        ],
        "decisions": [need for _, status in steps for need in status.decisions],
        "events": latest(programme, names=names),
        "names": names,
    }


def task(programme: Programme, step: Step, status: Status, *, link: bool = True, now: bool = False) -> dict[str, Any]:
    """A row of the task list. A tag marks only what needs work; a finished step is plain words."""
    can_open = link and status.state != State.CANNOT_START
    return {
        "number": step.number,
        "label": step.verb,
        "url": programme.url(step.home) if can_open else "",
        "hint": status.sentence,
        "word": status.action or status.state,
        "kind": "info" if status.action else STATE_KINDS.get(status.state, "plain"),
        "now": now,
    }


def next_panel(programme: Programme, steps: Standing) -> dict[str, Any] | None:
    """The words of “Next:”, with one button: a step's action, else what waits longest, else a step that can start."""
    for step, status in steps:
        if status.action:
            url = status.url or programme.url(step.home)
            return panel(step, status, status.action, status.why or status.sentence, url, status.action)
    for step, status in steps:
        for need in status.needs[:1]:
            return panel(step, status, need.sentence, need.hint, need.url, "Go there")
    for step, status in steps:
        if status.state == State.NOT_STARTED:
            return panel(step, status, step.verb, status.sentence, programme.url(step.home), "Open this step")
    return None


def panel(step: Step, status: Status, title: str, why: str, url: str, button: str) -> dict[str, Any]:
    return {
        "number": step.number,
        "title": f"Next: {title[:1].lower()}{title[1:]}",
        "why": why,
        "action": button,
        "url": url,
        "minutes": status.minutes,
    }


def latest(programme: Programme, *, names: bool) -> list[Happened]:
    """The last things that happened. What one person did several times running is one line with its number."""
    events = events_of(programme.pk)[:LOOKED_THROUGH]
    runs = [list(run) for _, run in itertools.groupby(events, key=lambda event: (event.what, event.person_id))]
    return [happened(run, names=names) for run in runs[:SHOWN_EVENTS]]


def happened(run: list[Event], *, names: bool) -> Happened:
    """A run of the same event as a sentence: what was done, to what, how often. Without names it has no label either."""
    event = run[0]
    sentence = event.what.capitalize()
    if len(run) > 1:
        sentence = f"{sentence}, {len(run)} times"
    elif names and not repeats(event):
        sentence = f"{sentence}: {event.label}"
    return Happened(sentence, str(event.person) if names and event.person else "", event.at)


def repeats(event: Event) -> bool:
    """Whether the record's name would only say again what was done (“Plan approved: Plan approved on 3 May”)."""
    return event.kind == "programme" or event.label.split()[:1] == event.what.capitalize().split()[:1]
