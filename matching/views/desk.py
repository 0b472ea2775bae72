"""The matching desk: who is proposed with whom and why; lock, part, repair."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching import actions, queries
from matching.asking.gathering import asked_questions
from matching.models import Proposal, Round
from matching.presenting import looking
from matching.presenting.needing import need_of
from matching.together import is_pool, matches_pairs
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Model, Participant, Programme

A_PAGE = 50

FILTERS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "proposed": ("Proposed", lambda one: one.is_match),
    "look-twice": ("Look twice", lambda one: bool(one.doubt)),
    "locked": ("Locked", lambda one: one.is_locked),
    "nobody": ("No match", lambda one: not one.is_match),
}


@programme_page("match proposal", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """The desk; before the first round, who could be matched."""
    running, round, failed = queries.present_rounds(programme)
    if running:
        return redirect(programme.url("matching:running"))
    context = {
        "round": round,
        "failed": failed,
        "pairs": matches_pairs(programme),
        "pool": is_pool(programme),
        "words": looking.WORDS[Model(programme.model)],
    }
    return render(request, "matching/home.html", context | (desk(request, round) if round else before(programme)))


def before(programme: Programme) -> dict[str, Any]:
    """What there is to say while nothing is proposed."""
    mentors = len(queries.mentors_with_places(programme))
    return {
        "need": None if matches_pairs(programme) else need_of(programme, asked_questions(programme)),
        "demand": queries.demand_of(programme),
        "mentors": mentors,
        "confirmed": queries.confirmed_rounds(programme),
    }


def desk(request: Visit, round: Round) -> dict[str, Any]:
    """The proposals that the filter shows, a page of them, with what stands beside each."""
    proposals = list(queries.proposals_of(round))
    looking.doubt(proposals)
    looking.count_places(proposals)
    asked = request.GET.get("show", "")
    chosen = asked if asked in FILTERS else "proposed"
    counts = {key: sum(map(keep, proposals)) for key, (_, keep) in FILTERS.items()}
    shown = [one for one in proposals if FILTERS[chosen][1](one)]
    if chosen == "look-twice":
        shown.sort(key=lambda one: one.points)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    looking.add_words(round.programme, list(page))
    looking.tell_by_pair(list(page))
    looking.offer_changes(round.programme, list(page))
    chips = [
        {"label": label, "count": counts[key], "url": f"?show={key}", "current": key == chosen}
        for key, (label, _) in FILTERS.items()
    ]
    back = urlencode({"show": chosen, "page": page.number})
    parted = queries.parted_before(round)
    return {"page": page, "chips": chips, "counts": counts, "chosen": chosen, "back": back, "parted": parted}


@programme_page("match proposal", "U")
@require_POST
def lock(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    locked = request.POST.get("locked") == "yes"
    return change(request, programme, pk, lambda one, **who: actions.lock_pair(one, locked=locked, **who), "")


@programme_page("match proposal", "U")
@require_POST
def part(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Not these two: where more than two come together, those that are named."""
    two = find_two(find_proposal(programme, pk), request.POST)
    told = "These two will not be matched. Everybody else’s match was found anew."
    return change(request, programme, pk, lambda one, **who: actions.exclude_pair(one, two=two, **who), told)


def find_two(proposal: Proposal, said: QueryDict) -> tuple[Participant, Participant] | None:
    """None where nobody is named. Somebody who is not in the proposal is nowhere."""
    asked = [said[side] for side in ("mentee", "mentor") if side in said]
    found = [one for key in asked for one in proposal.people if str(one.pk) == key]
    if len(found) != len(asked) or len(set(found)) == 1:
        raise Http404
    return (found[0], found[1]) if found else None


@programme_page("match proposal", "U")
@require_POST
def repair(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """One of the ways to give somebody a mentor, by its number."""
    asked = request.POST.get("repair", "")
    number = int(asked) if asked.isdecimal() else -1
    proposal = find_proposal(programme, pk)
    chosen = proposal.repairs[number] if 0 <= number < len(proposal.repairs) else {}
    told = f"{chosen.get('effect', '')}. Everybody’s match was found anew."
    if chosen.get("kind") == "place":
        told += " A message that asks for the place waits for you under Messages."
    return change(request, programme, pk, lambda one, **who: actions.repair(one, number, **who), told)


@programme_page("match proposal", "U")
@require_POST
def undo_part(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """These two may be matched after all: the round from before they were parted is back."""
    round = queries.proposed_round(programme)
    exclusion = get_object_or_404(queries.exclusions_in(programme), pk=pk)
    with refusals_on(request):
        actions.undo_parting(round, exclusion, by=request.person, now=timezone.now())
        messages.success(request, "The matches are as they were before.")
    return redirect(programme.url("matching:home"))


def find_proposal(programme: Programme, pk: UUID) -> Proposal:
    found: Proposal = get_object_or_404(
        Proposal.objects.select_related("round__programme__organisation"), pk=pk, round__programme=programme
    )
    return found


def change(request: Visit, programme: Programme, pk: UUID, action: Any, told: str) -> HttpResponse:
    proposal = find_proposal(programme, pk)
    with refusals_on(request):
        action(proposal, by=request.person, now=timezone.now())
        if told:
            messages.success(request, told)
    return redirect(back_to(request, programme, proposal))


def back_to(request: Visit, programme: Programme, proposal: Proposal) -> str:
    """The place on the desk that somebody came from."""
    shown = {name: value for name in ("show", "page") if (value := request.POST.get(name, "")[:20])}
    query = f"?{urlencode(shown)}" if shown else ""
    return f"{programme.url('matching:home')}{query}#pair-{proposal.people[0].pk}"
