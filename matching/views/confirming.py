"""Check and confirm: everything that will happen, before it does."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from matching import actions, queries
from matching.models import Round
from mentoring.outbox import Letter
from mentoring.outbox.mail import as_text
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Participant, Partnership, Programme

WRITTEN_OUT = 50  # matches whose messages are shown in full


@programme_page("match proposal", "A")
def confirm(request: Visit, programme: Programme) -> HttpResponse:
    """Everything that will happen, with every message; one button makes it so."""
    round = queries.proposed_round(programme)
    if round is None:
        messages.warning(request, "There is no proposed round to confirm.")
        return redirect(programme.url("matching:home"))
    context = check_page(round, programme, request)
    if request.method == "POST":
        with refusals_on(request):
            partnerships = actions.confirm_round(round, by=request.person, now=timezone.now())
            told = "wait for you to read them" if programme.sends_drafts else "will go in ten minutes"
            messages.success(request, f"{say_begun(len(partnerships))}. {context['people']} messages {told}.")
            return redirect(programme.url("matching:round", pk=round.pk))
    return render(request, "matching/confirm.html", context)


def check_page(round: Round, programme: Programme, request: Visit) -> dict[str, Any]:
    """Every match with a message to each of its people, as it will arrive; where they are very many, the words of a few."""
    proposals = list(queries.proposals_of(round))
    matches = [one for one in proposals if one.is_match]
    partnership = Partnership(programme=programme)
    for number, match in enumerate(matches):
        match.letters = [  # type: ignore[attr-defined]
            Preview(reader, actions.matched_letter(partnership, reader, match.partners_of(reader), request.person))
            for reader in match.people
            if number < WRITTEN_OUT
        ]
    people = sum(len(match.people) for match in matches)
    nobody = [one.people[0] for one in proposals if not one.is_match]
    return {"round": round, "matches": matches, "people": people, "nobody": nobody, "written_out": WRITTEN_OUT}


@dataclass(frozen=True)
class Preview:
    reader: Participant
    letter: Letter

    @property
    def body(self) -> str:
        return as_text(self.letter.body)


def say_begun(count: int) -> str:
    return "1 partnership has begun" if count == 1 else f"{count} partnerships have begun"
