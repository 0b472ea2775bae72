"""Pages of the register of policies."""

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

from . import policies as register
from .acknowledging import taking_part
from .forms import PolicyForm, ReviewForm


@programme_page("policies", "R")
def policies(request: Visit, programme: Programme) -> HttpResponse:
    """All of them, what is to be reviewed first at the top."""
    found = list(register.register_with_readers(programme))
    context = {
        "policies": found,
        "absent": register.usual_but_absent(found),
        "asked": taking_part(programme).count(),
        "today": timezone.localdate(),
        "can_change": allows(request.hats, "policies", "U"),
    }
    return render(request, "plan/policies.html", context)


@programme_page("policies", "C")
def add(request: Visit, programme: Programme) -> HttpResponse:
    form = PolicyForm(request.POST or None, initial={"name": request.GET.get("name", "")[:120]})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            register.add_policy(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            return redirect(programme.url("plan:policies"))
    return render(request, "plan/policy.html", {"form": form})


@programme_page("policies", "U")
def policy(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """What the register says of one, to be changed."""
    held = get_object_or_404(register.policies_of(programme), pk=pk)
    form = PolicyForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            register.change_policy(held, by=request.person, now=timezone.now(), **form.cleaned_data)
            return redirect(programme.url("plan:policies"))
    return render(request, "plan/policy.html", {"form": form, "policy": held})


@programme_page("policies", "U")
def reviewed(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Note a review: what a reminder is answered with."""
    held = get_object_or_404(register.policies_of(programme), pk=pk)
    form = ReviewForm(request.POST or None, policy=held)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            after = register.note_review(held, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Noted. The next review of “{after}” is due by {after.review_on:%-d %B %Y}.")
            return redirect(programme.url("plan:policies"))
    return render(request, "plan/reviewed.html", {"form": form, "policy": held})


@programme_page("policies", "D")
@require_POST
def remove(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    held = get_object_or_404(register.policies_of(programme), pk=pk)
    register.remove_policy(held, by=request.person, now=timezone.now())
    messages.success(request, f"“{held}” is out of the register.")
    return redirect(programme.url("plan:policies"))
