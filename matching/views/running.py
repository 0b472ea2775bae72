"""Running matching: begin, see how far it is, stop it, or work it out here when no worker answers."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from matching import actions, queries
from matching.asking import progress
from matching.models import Round
from matching.presenting.comparing import compare
from matching.together import matches_pairs
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from mentoring.wording import plural
from programmes.gates import programme_page
from programmes.models import Programme

UNHEARD_AFTER = datetime.timedelta(seconds=5)


@programme_page("match proposal", "A")
@require_POST
def run(request: Visit, programme: Programme) -> HttpResponse:
    """Run matching; keeps locked pairs."""
    before = queries.proposed_round(programme)
    with refusals_on(request):
        round = actions.run_round(programme, by=request.person, now=timezone.now())
        tell_outcome(request, round, before)
    return redirect(programme.url("matching:home"))


def tell_outcome(request: Visit, round: Round, before: Round | None = None) -> None:
    """How many are matched, and how many differently from the round before."""
    if round.is_proposed:
        pairs = plural(queries.count_matches(round), "pair" if matches_pairs(round.programme) else "partnership")
        told = f" {say_changes(before, round)}" if before else ""
        messages.success(request, f"{round} proposes {pairs}.{told} Nothing is sent until you confirm.")


def say_changes(before: Round, round: Round) -> str:
    changed = len(compare(before, round).differences)
    if not changed:
        return f"Every match is as in {str(before).lower()}."
    has = "has another match" if changed == 1 else "have another match"
    return f"{plural(changed, 'mentee')} {has} than in {str(before).lower()}."


@programme_page("match proposal", "R")
def running(request: Visit, programme: Programme) -> HttpResponse:
    """How far the running round is. The page asks again by itself, and leads to the desk when it is done."""
    round = queries.running_round(programme)
    if round is None:
        home = programme.url("matching:home")
        return HttpResponseClientRedirect(home) if getattr(request, "htmx", False) else redirect(home)
    return render(request, "matching/running.html", stand(round))


def stand(round: Round) -> dict[str, Any]:
    found = progress.look(round)
    unheard = found is None and timezone.now() - round.run_at > UNHEARD_AFTER
    return {"round": round, "progress": found, "unheard": unheard}


@programme_page("match proposal", "A")
@require_POST
def here(request: Visit, programme: Programme) -> HttpResponse:
    """Work the running round out at once, for a few seconds at most, because no worker has begun."""
    round = queries.running_round(programme)
    if round:
        tell_outcome(request, actions.work_out_here(round, now=timezone.now()))
    return redirect(programme.url("matching:home"))


@programme_page("match proposal", "A")
@require_POST
def stop(request: Visit, programme: Programme) -> HttpResponse:
    """Stop the running round; the one proposed before stays."""
    round = queries.running_round(programme)
    if round:
        with refusals_on(request):
            actions.stop_round(round, by=request.person, now=timezone.now())
            messages.success(request, f"{round} was stopped. Nothing has changed.")
    return redirect(programme.url("matching:home"))
