"""The programme's home: the next thing to do, the seven steps, who needs you."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.organisations.policy import allows
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme
from programmes.steps import State, Status, Step, load_steps


@programme_page("programme home", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    if not allows(request.hats, "programme settings", "R"):
        return redirect("/my/")
    today = timezone.localdate()
    steps = [(step, step.status(programme, today)) for step in load_steps()]
    needs = [need for _, status in steps for need in status.needs]
    return render(request, "programmes/home.html", {"steps": steps, "next": next_step(steps), "needs": needs})


def next_step(steps: list[tuple[Step, Status]]) -> tuple[Step, Status] | None:
    """The first step with something to do now; else the first that is not completed and can start."""
    waiting = [pair for pair in steps if pair[1].action]
    open_steps = [pair for pair in steps if pair[1].state in (State.NOT_STARTED, State.IN_PROGRESS)]
    return next(iter(waiting or open_steps), None)
