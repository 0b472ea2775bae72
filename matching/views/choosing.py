"""Swap, and by hand: whom else somebody could come together with, and what each choice would mean for the others."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from matching import actions, queries
from matching.forms import PartnerForm
from matching.models import Proposal, Round
from matching.presenting.looking import WORDS
from matching.together import matches_pairs
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Model, Participant, Programme

from .desk import find_proposal
from .running import tell_outcome


@programme_page("match proposal", "U")
def choose(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Everybody for one person. Choosing locks the two, and finds the others anew around them."""
    proposal = find_proposal(programme, pk)
    home = programme.url("matching:home")
    if not proposal.round.is_proposed or queries.running_round(programme):
        messages.warning(request, "These matches have changed meanwhile. Look at them again.")
        return redirect(home)
    who = find_person(proposal, request.GET.get("who"))
    form = PartnerForm(request.POST or None, partners=queries.partners_in(programme))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            round = actions.choose_mentor(
                proposal.round, who, **form.cleaned_data, by=request.person, now=timezone.now()
            )
            tell_outcome(request, round, proposal.round)
            return redirect(f"{home}#pair-{place_of(who, round)}")
    context = {"form": form, "proposal": proposal, "who": who, "pairs": matches_pairs(programme)}
    context["heading"] = f"{WORDS[Model(programme.model)]['heading']} {who.name}"
    return render(request, "matching/choose.html", context | look(request, proposal, who))


def look(request: Visit, proposal: Proposal, who: Participant) -> dict[str, Any]:
    """What there is to choose from."""
    current = proposal.mentors if who in proposal.mentees and proposal.mentors else proposal.partners_of(who)
    many = "many" in request.GET
    if matches_pairs(proposal.round.programme):
        from matching.presenting.alternatives import choices_for  # loads SciPy

        return {"choices": choices_for(proposal.round, who, current, many=many), "many": many}
    from matching.presenting.moves import moves_for

    asked = request.GET.get("with", "")
    first = next((one for one in queries.partners_in(who.programme) if str(one.pk) == asked), None)
    return {"choices": moves_for(proposal.round, who, current, first=first), "many": many}


def find_person(proposal: Proposal, asked: str | None) -> Participant:
    """Whose partner is chosen: of several the one who was named; otherwise the first, a mentee where there is one."""
    people = proposal.people
    found = next((one for one in people if str(one.pk) == asked), None) if asked else people[0]
    if found is None:
        raise Http404
    found.programme = proposal.round.programme
    return found


def place_of(who: Participant, round: Round) -> UUID:
    """On the desk a card goes by its first person."""
    here = (one.people for one in queries.proposals_of(round) if who in one.people)
    first: UUID = next(here, [who])[0].pk
    return first
