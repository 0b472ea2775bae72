"""Pages of step 2: the plan, its budget, and its approval."""

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
from programmes.needs.queries import need_of, objectives_of

from . import actions, queries
from .forms import ApprovalForm, LineForm, PlanForm


@programme_page("plan", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    context = {
        "plan": queries.plan_of(programme),
        "need": need_of(programme),
        "objectives": objectives_of(programme),
        "budget": queries.Budget(list(queries.budget_of(programme))),
        "standing": queries.standing_of(programme),
        "approvals": queries.approvals_of(programme),
        "can_change": allows(request.hats, "plan", "U"),
        "can_approve": allows(request.hats, "plan", "A"),
    }
    return render(request, "plan/home.html", context)


@programme_page("plan", "U")
def write_plan(request: Visit, programme: Programme) -> HttpResponse:
    form = PlanForm(request.POST or None, instance=queries.plan_of(programme), programme=programme)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.write_plan(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, "The plan is saved.")
            return redirect(programme.url("plan:home"))
    return render(request, "plan/write.html", {"form": form})


@programme_page("plan", "C")
def add_line(request: Visit, programme: Programme) -> HttpResponse:
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_line(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            return redirect(programme.url("plan:home"))
    return render(request, "plan/line.html", {"form": form})


@programme_page("plan", "U")
def change_line(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    line = get_object_or_404(queries.budget_of(programme), pk=pk)
    form = LineForm(request.POST or None, instance=line)
    if request.method == "POST" and form.is_valid():
        actions.change_line(line, by=request.person, now=timezone.now(), **form.cleaned_data)
        return redirect(programme.url("plan:home"))
    return render(request, "plan/line.html", {"form": form, "line": line})


@programme_page("plan", "D")
@require_POST
def remove_line(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    line = get_object_or_404(queries.budget_of(programme), pk=pk)
    with refusals_on(request):
        actions.remove_line(line, by=request.person, now=timezone.now())
        messages.success(request, f"“{line}” is out of the budget.")
    return redirect(programme.url("plan:home"))


@programme_page("plan", "U")
@require_POST
def ask_for_approval(request: Visit, programme: Programme) -> HttpResponse:
    with refusals_on(request):
        asked = actions.ask_for_approval(programme, by=request.person, now=timezone.now())
        people = "1 person is" if asked == 1 else f"{asked} people are"
        messages.success(request, f"{people} asked to read and approve the plan.")
    return redirect(programme.url("plan:home"))


@programme_page("plan", "A")
def approve(request: Visit, programme: Programme) -> HttpResponse:
    form = ApprovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.approve_plan(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, "The plan is approved.")
            return redirect(programme.url("plan:home"))
    standing = queries.standing_of(programme)
    return render(request, "plan/approve.html", {"form": form, "standing": standing})
