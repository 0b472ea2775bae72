"""What counts in matching: one page, tried out on the people who wait before it is saved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from matching import actions
from matching.asking.criteria import comparable
from matching.asking.gathering import asked_questions
from matching.forms import CriteriaForm
from matching.presenting.needing import need_of
from matching.presenting.trying import try_out
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme


@programme_page("match proposal", "U")
def criteria(request: Visit, programme: Programme) -> HttpResponse:
    """Asked to try (by GET, so that the page can ask by itself, or by a button), it says what the fields would do."""
    asked = asked_questions(programme)
    questions = comparable(asked)
    tried = "try" in request.GET or "try" in request.POST
    form = CriteriaForm(request.POST or (request.GET if tried else None), questions=questions)
    if request.method == "POST" and not tried and form.is_valid():
        with refusals_on(form):
            changed = actions.change_criteria(programme, form.choices, by=request.person, now=timezone.now())
            told = "Run matching again to use it." if changed else "Nothing has changed."
            messages.success(request, f"What counts is saved. {told}" if changed else told)
            return redirect(programme.url("matching:home"))
    sound = not form.is_bound or form.is_valid()
    trial = try_out(programme, form.choices if form.is_bound else {}) if sound else None
    context = {
        "form": form,
        "questions": questions,
        "trial": trial,
        "tried": tried,
        "need": need_of(programme, asked),
    }
    return render(request, "matching/criteria.html", context)
