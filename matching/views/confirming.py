"""Check and confirm: everything that will happen, before it does."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from matching import actions, queries
from matching.models import Proposal, Round
from mentoring.outbox.mail import as_text
from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Partnership, Programme


@programme_page("match proposal", "A")
def confirm(request: Visit, programme: Programme) -> HttpResponse:
    """Everything that will happen, with every message; one button makes it so."""
    round = queries.proposed_round(programme)
    if round is None:
        messages.warning(request, "There is no proposed round to confirm.")
        return redirect(programme.url("matching:home"))
    context = check_page(round, programme, request)
    if request.method == "POST":
        try:
            partnerships = actions.confirm_round(round, by=request.person, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            told = "wait for you to read them" if programme.sends_drafts else "will go in ten minutes"
            messages.success(request, f"{say_begun(len(partnerships))}. {context['people']} messages {told}.")
            return redirect(programme.url("matching:round", pk=round.pk))
    return render(request, "matching/confirm.html", context)


def check_page(round: Round, programme: Programme, request: Visit) -> dict[str, Any]:
    matches = queries.matches_of(round)
    letters = sample_letters(matches[0], programme, request) if matches else []
    people = sum(len(match.people) for match in matches)
    return {"round": round, "matches": matches, "people": people, "letters": letters}


def sample_letters(match: Proposal, programme: Programme, request: Visit) -> list[dict[str, str]]:
    """The messages of the first match, as they will arrive."""
    partnership = Partnership(programme=programme)
    letters = []
    for reader in match.people:
        letter = actions.matched_letter(partnership, reader, match.partners_of(reader), request.person)
        letters.append(
            {
                "to": reader.name,
                "role": reader.get_role_display().lower(),
                "subject": letter.subject,
                "body": as_text(letter.body),
            }
        )
    return letters


def say_begun(count: int) -> str:
    return "1 partnership has begun" if count == 1 else f"{count} partnerships have begun"
