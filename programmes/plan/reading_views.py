"""Pages on which people say that they have read a policy, and where a co-ordinator sees who has."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

from . import acknowledging
from .forms import ReadForm
from .policies import policies_of


@programme_page("policies to read", "R")
def to_read(request: Visit, programme: Programme) -> HttpResponse:
    """What everybody who takes part is asked to read, what one has not read yet at the top."""
    return render(request, "plan/to_read.html", {"policies": acknowledging.to_read(programme, request.person)})


@programme_page("policies to read", "A")
@require_POST
def read(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    policy = get_object_or_404(acknowledging.to_read(programme, request.person), pk=pk)
    form = ReadForm(request.POST)
    if form.is_valid():
        with refusals_on(request):
            acknowledging.acknowledge(policy, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Thank you. It is noted that you have read “{policy}”.")
    return redirect(programme.url("plan:to_read"))


@programme_page("policies", "U")
def readers(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Who has said that they read it, and who has not yet."""
    policy = get_object_or_404(policies_of(programme), pk=pk)
    people = acknowledging.readers_of(policy)
    silent = sum(read_at is None for _, read_at in people)
    return render(request, "plan/readers.html", {"policy": policy, "people": people, "silent": silent})


@programme_page("policies", "U")
@require_POST
def ask(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    policy = get_object_or_404(policies_of(programme), pk=pk)
    with refusals_on(request):
        letters = acknowledging.ask_to_read(policy, by=request.person, now=timezone.now())
        messages.success(request, asked(letters))
    return redirect(programme.url("plan:readers", pk=pk))


def asked(letters: int) -> str:
    if letters == 0:
        return "Nobody was written to: each of them had a letter about this version before."
    return "One person is written to." if letters == 1 else f"{letters} people are written to."
