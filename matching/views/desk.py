"""The matching desk: who is proposed with whom and why; lock, part, run again."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching import actions, queries
from matching.models import Proposal, Round
from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

FILTERS = {
    "proposed": ("Proposed", lambda one: one.is_match),
    "look-twice": (
        "Look twice",
        lambda one: one.is_match and any(not reason["good"] for reason in one.reasons),
    ),
    "locked": ("Locked", lambda one: one.is_locked),
    "nobody": ("No match", lambda one: not one.is_match),
}


@programme_page("match proposal", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """The desk; before the first round, who could be matched."""
    if queries.running_round(programme):
        return redirect(programme.url("matching:running"))
    round = queries.proposed_round(programme)
    mentees, places = queries.mentees_to_match(programme), queries.mentors_with_places(programme)
    context = {
        "round": round,
        "failed": queries.failed_round(programme),
        "mentees": len(mentees),
        "mentors": len(places),
        "places": sum(places.values()),
    }
    return render(request, "matching/home.html", context | (desk(request, round) if round else {}))


def desk(request: Visit, round: Round) -> dict[str, Any]:
    proposals = list(queries.proposals_of(round))
    asked = request.GET.get("show", "")
    chosen = asked if asked in FILTERS else "proposed"
    chips = [
        {"label": label, "count": sum(map(keep, proposals)), "url": f"?show={key}", "current": key == chosen}
        for key, (label, keep) in FILTERS.items()
    ]
    shown = [one for one in proposals if FILTERS[chosen][1](one)]
    count_places(proposals)
    if chosen == "look-twice":
        shown.reverse()
    counts = {key: sum(map(keep, proposals)) for key, (_, keep) in FILTERS.items()}
    return {
        "proposals": shown,
        "chips": chips,
        "counts": counts,
        "locked": counts["locked"],
        "nobody": counts["nobody"],
    }


def count_places(proposals: list[Proposal]) -> None:
    """Give each mentor on the page the number of their places that this round takes, as `used`."""
    mentors = [mentor for proposal in proposals for mentor in proposal.mentors]
    taken = Counter(mentor.pk for mentor in mentors)
    for mentor in mentors:
        mentor.used = taken[mentor.pk]  # type: ignore[attr-defined]


@programme_page("match proposal", "U")
@require_POST
def lock(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    locked = request.POST.get("locked") == "yes"
    return change(request, programme, pk, lambda one, **who: actions.lock_pair(one, locked=locked, **who), "")


@programme_page("match proposal", "U")
@require_POST
def part(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Not these two."""
    return change(
        request, programme, pk, actions.exclude_pair, "These two will not be matched. The other pairs were found anew."
    )


def change(request: Visit, programme: Programme, pk: UUID, action: Any, told: str) -> HttpResponse:
    proposal = get_object_or_404(Proposal.objects.select_related("round"), pk=pk, round__programme=programme)
    try:
        action(proposal, by=request.person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if told:
            messages.success(request, told)
    return redirect(f"{programme.url('matching:home')}#pair-{proposal.people[0].pk}")
