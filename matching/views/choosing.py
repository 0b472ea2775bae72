"""Swap, and by hand: whom else a mentee could have, and what each choice would mean for the others."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from matching import actions, queries
from matching.forms import MentorForm
from matching.together import matches_pairs
from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import ParticipantRole, Programme
from programmes.queries import participants_in

from .desk import find_proposal
from .running import tell_outcome


@programme_page("match proposal", "U")
def choose(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Every mentor for one mentee. Choosing locks the pair, and finds the others anew around it."""
    from matching.presenting.alternatives import choices_for  # loads SciPy

    proposal = find_proposal(programme, pk)
    home = programme.url("matching:home")
    if not proposal.round.is_proposed or queries.running_round(programme):
        messages.warning(request, "These matches have changed meanwhile. Look at them again.")
        return redirect(home)
    if not matches_pairs(programme):
        messages.warning(request, "People are matched several together here. Lock the groups that you want to keep.")
        return redirect(home)
    mentee = proposal.mentees[0]
    form = MentorForm(request.POST or None, mentors=participants_in(programme, ParticipantRole.MENTOR))
    if request.method == "POST" and form.is_valid():
        try:
            round = actions.choose_mentor(
                proposal.round, mentee, **form.cleaned_data, by=request.person, now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_outcome(request, round, proposal.round)
            return redirect(f"{home}#pair-{mentee.pk}")
    many = "many" in request.GET
    choices = choices_for(proposal.round, mentee, proposal.mentors, many=many)
    context = {"form": form, "proposal": proposal, "mentee": mentee, "choices": choices, "many": many}
    return render(request, "matching/choose.html", context)
