"""Rounds: all of them, one of them, two side by side, and going back to an earlier one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching import actions, queries
from matching.models import Round
from matching.presenting.comparing import compare
from matching.together import is_pool
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from mentoring.wording import plural
from programmes.gates import programme_page
from programmes.models import Programme


@programme_page("match proposal", "R")
def rounds(request: Visit, programme: Programme) -> HttpResponse:
    """Every round there was, the latest first, with totals in words."""
    return render(request, "matching/rounds.html", {"rounds": queries.rounds_of(programme)})


@programme_page("match proposal", "R")
def round(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """One round: who was put together, and what became of it."""
    found = find_round(programme, pk)
    context = {
        "round": found,
        "proposals": list(queries.proposals_of(found)),
        "others": [one for one in queries.rounds_of(programme) if one.pk != found.pk and one.has_answer],
        "undo": queries.undo_until(found),
    }
    return render(request, "matching/round.html", context)


@programme_page("match proposal", "R")
def compared(request: Visit, programme: Programme, pk: UUID, other: UUID) -> HttpResponse:
    """Two rounds side by side: the matches that differ, and the totals in words."""
    first, second = sorted((find_round(programme, key) for key in (pk, other)), key=lambda one: one.number)
    return render(request, "matching/compare.html", {"comparison": compare(first, second), "pool": is_pool(programme)})


@programme_page("match proposal", "A")
@require_POST
def restore(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Propose a replaced round again."""
    with refusals_on(request):
        found = actions.restore_round(find_round(programme, pk), by=request.person, now=timezone.now())
        messages.success(request, f"{found} is proposed again. Nothing is sent until you confirm.")
        return redirect(programme.url("matching:home"))
    return redirect(programme.url("matching:round", pk=pk))


@programme_page("match proposal", "A")
@require_POST
def undo(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Take a confirmed round back, before the first message has gone."""
    with refusals_on(request):
        actions.undo_confirming(find_round(programme, pk), by=request.person, now=timezone.now())
        messages.success(request, "Nothing was sent. The matches are proposals again.")
        return redirect(programme.url("matching:home"))
    return redirect(programme.url("matching:round", pk=pk))


@programme_page("match proposal", "A")
@require_POST
def send(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Let the messages of a confirmed round go at once."""
    with refusals_on(request):
        count = actions.send_now(find_round(programme, pk), by=request.person, now=timezone.now())
        messages.success(request, f"{plural(count, 'message')} on the way.")
    return redirect(programme.url("matching:round", pk=pk))


def find_round(programme: Programme, pk: UUID) -> Round:
    found: Round = get_object_or_404(programme.rounds.select_related("run_by", "confirmed_by"), pk=pk)
    found.programme = programme
    return found
