"""The matching desk: who is proposed with whom and why; lock, part, run again, check, confirm."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.outbox.mail import as_text
from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

from . import actions, queries
from .forms import ExclusionForm
from .models import Proposal, Round

FILTERS = {
    "proposed": ("Proposed", lambda one: one.mentor is not None),
    "look-twice": (
        "Look twice",
        lambda one: one.mentor is not None and any(not reason["good"] for reason in one.reasons),
    ),
    "locked": ("Locked", lambda one: one.is_locked),
    "nobody": ("No match", lambda one: one.mentor is None),
}


@programme_page("match proposal", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """The desk; before the first round, who could be matched."""
    round = queries.proposed_round(programme)
    mentees, places = queries.mentees_to_match(programme), queries.mentors_with_places(programme)
    context = {"round": round, "mentees": len(mentees), "mentors": len(places), "places": sum(places.values())}
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
    loads = round.outcome["loads"]
    for one in shown:
        one.used = loads.get(str(one.mentor.person_id), 0) if one.mentor else 0  # type: ignore[attr-defined]
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


@programme_page("match proposal", "A")
@require_POST
def run(request: Visit, programme: Programme) -> HttpResponse:
    try:
        round = actions.run_round(programme, by=request.person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{say_pairs(round.outcome['matched'])} proposed. Nothing is sent until you confirm.")
    return redirect(programme.url("matching:home"))


def say_pairs(count: int) -> str:
    return "1 pair is" if count == 1 else f"{count} pairs are"


def say_begun(count: int) -> str:
    return "1 partnership has begun" if count == 1 else f"{count} partnerships have begun"


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
    proposal = get_object_or_404(
        Proposal.objects.select_related("round", "mentee__person", "mentor__person"), pk=pk, round__programme=programme
    )
    try:
        action(proposal, by=request.person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if told:
            messages.success(request, told)
    return redirect(f"{programme.url('matching:home')}#pair-{proposal.mentee_id}")


@programme_page("match proposal", "A")
def confirm(request: Visit, programme: Programme) -> HttpResponse:
    """Everything that will happen, with every message; one button makes it so."""
    round = queries.proposed_round(programme)
    if round is None:
        messages.warning(request, "There is no proposed round to confirm.")
        return redirect(programme.url("matching:home"))
    if request.method == "POST":
        try:
            partnerships = actions.confirm_round(round, by=request.person, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            told = "wait for you to read them" if programme.sends_drafts else "are on their way"
            messages.success(request, f"{say_begun(len(partnerships))}. {2 * len(partnerships)} messages {told}.")
            return redirect(programme.url("matching:home"))
    return render(request, "matching/confirm.html", check_page(round, programme, request))


def check_page(round: Round, programme: Programme, request: Visit) -> dict[str, Any]:
    pairs = [one for one in queries.proposals_of(round) if one.mentor]
    return {"round": round, "pairs": pairs, "letters": sample_letters(pairs[0], programme, request) if pairs else []}


def sample_letters(pair: Proposal, programme: Programme, request: Visit) -> list[dict[str, str]]:
    """The two messages of the first pair, as they will arrive."""
    partnership = actions.Partnership(programme=programme)
    letters = []
    for reader, partner in (pair.both, pair.both[::-1]):
        letter = actions.matched_letter(partnership, reader, partner, request.person)
        letters.append(
            {
                "to": reader.name,
                "role": reader.get_role_display().lower(),
                "subject": letter.subject,
                "body": as_text(letter.body),
            }
        )
    return letters


@programme_page("match proposal", "U")
def exclusions(request: Visit, programme: Programme) -> HttpResponse:
    """People who must never be matched, whatever speaks for it."""
    form = ExclusionForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_exclusion(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "These two will never be matched in this programme.")
            return redirect(programme.url("matching:exclusions"))
    return render(request, "matching/exclusions.html", {"form": form, "exclusions": queries.exclusions_in(programme)})


@programme_page("match proposal", "U")
@require_POST
def allow(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    exclusion = get_object_or_404(queries.exclusions_in(programme), pk=pk)
    actions.remove_exclusion(exclusion, by=request.person, now=timezone.now())
    messages.success(request, "These two may be matched again.")
    return redirect(programme.url("matching:exclusions"))
