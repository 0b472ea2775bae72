"""Pages of step 1: why the programme should exist, and its objectives."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations.policy import allows
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

from . import actions, queries
from .forms import NeedForm, ObjectiveForm, RemovalForm

NEEDS = "need and objectives"


@programme_page(NEEDS, "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    objectives = list(queries.objectives_of(programme))
    context = {
        "need": queries.need_of(programme),
        "objectives": objectives,
        "questions": queries.scales_of(programme),
        "removed": queries.removed_objectives_of(programme),
        "can_change": allows(request.hats, NEEDS, "U"),
        "examples": queries.examples_for(programme, objectives),
    }
    return render(request, "needs/home.html", context)


@programme_page(NEEDS, "U")
def state_need(request: Visit, programme: Programme) -> HttpResponse:
    form = NeedForm(request.POST or None, instance=queries.need_of(programme))
    if request.method == "POST" and form.is_valid():
        actions.state_need(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Saved. Next, say how you will know that it worked.")
        return redirect(programme.url("needs:home"))
    return render(request, "needs/need.html", {"form": form})


@programme_page(NEEDS, "C")
def add_objective(request: Visit, programme: Programme) -> HttpResponse:
    form = ObjectiveForm(request.POST or None, programme=programme, initial=example(request, programme))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_objective(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, "The objective is set.")
            return redirect(programme.url("needs:home"))
    return render(request, "needs/objective.html", {"form": form})


def example(request: Visit, programme: Programme) -> dict[str, Any]:
    """The blueprint's example that the address asks for, as first values of the form."""
    for offered in programme.blueprint.get("objectives", []):
        if offered["key"] == request.GET.get("example"):
            measure = {("measure" if name == "kind" else name): value for name, value in offered["measure"].items()}
            return offered | measure
    return {}


@programme_page(NEEDS, "U")
def change_objective(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    objective = get_object_or_404(queries.objectives_of(programme), pk=pk)
    form = ObjectiveForm(request.POST or None, programme=programme, instance=objective)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.change_objective(objective, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, "The objective is changed.")
            return redirect(programme.url("needs:home"))
    return render(request, "needs/objective.html", {"form": form, "objective": objective})


@programme_page(NEEDS, "U")
@require_POST
def move_objective(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    objective = get_object_or_404(queries.objectives_of(programme), pk=pk)
    up = request.POST.get("direction") == "up"
    actions.move_objective(objective, up=up, by=request.person, now=timezone.now())
    return redirect(programme.url("needs:home"))


@programme_page(NEEDS, "D")
def remove_objective(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    objective = get_object_or_404(queries.objectives_of(programme), pk=pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.remove_objective(objective, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"“{objective}” is taken away.")
            return redirect(programme.url("needs:home"))
    return render(request, "needs/remove_objective.html", {"form": form, "objective": objective})
