"""Fairness: how well a round matches one group of mentees and another."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from matching.asking.gathering import asked_questions
from matching.presenting.fairness import groupable, look_at
from matching.together import is_pool
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

from .rounds import find_round


@programme_page("match proposal", "R")
def fairness(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Groups by one question of the form; of five people or more."""
    round = find_round(programme, pk)
    questions = groupable(asked_questions(programme))
    asked = request.GET.get("by", "")
    chosen = next((one for one in questions if one.key == asked), questions[0] if questions else None)
    context = {
        "round": round,
        "pool": is_pool(programme),
        "question": chosen,
        "fairness": look_at(round, chosen) if chosen else None,
        "chips": [
            {"label": one.label.rstrip("?"), "count": None, "url": f"?by={one.key}", "current": one == chosen}
            for one in questions
        ],
    }
    return render(request, "matching/fairness.html", context)
