"""The page that a link in a letter opens: did you meet on this day, or have you met since?"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.accounts.clocks import zone
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.models import Partnership
from programmes.support import actions, queries
from programmes.support.actions import Words
from programmes.support.forms import HeldOnForm, HowForm, MetSinceForm, MovedForm, NotHeldForm, NotYetForm
from programmes.support.gates import one_tap_page
from programmes.support.one_tap import Question

from .meetings import usual

FORMS = {"yes": HeldOnForm, "moved": MovedForm, "no": NotHeldForm}
FORMS_SINCE = {"yes": MetSinceForm, "no": NotYetForm}
THANKS = {
    "yes": "Thank you. Your meeting is noted.",
    "moved": "Thank you. The new day is noted, and nobody is reminded before it.",
    "no": "Thank you for saying so. These things happen, and nobody is asked why.",
}


@one_tap_page
def answer(request: Visit, partnership: Partnership, question: Question) -> HttpResponse:
    """Yes, with how and how long; moved, with the new day; or no. Opening it changes nothing."""
    with timezone.override(zone(request.person.time_zone)):
        if done := request.GET.get("thanks"):
            return show(request, question, thanks=THANKS.get(done, THANKS["no"]), is_done=True)
        noted = None if question.is_since else queries.noted_on(partnership, question.day)
        if noted and noted.logs.filter(person=request.person).exists():
            return show(request, question, thanks="You have noted this meeting already. Thank you.", is_done=True)
        chosen = (request.POST if request.method == "POST" else request.GET).get("answer", "")
        form = form_for(request, chosen, question)
        if request.method == "POST" and form is not None and form.is_valid():
            with refusals_on(form):
                note(form, partnership, question, request.person)
                return redirect(f"{request.path}?thanks={chosen}")
        return show(request, question, form=form, chosen=chosen, noted=noted)


def form_for(request: Visit, chosen: str, question: Question) -> Any:
    """The form of the chosen answer; none until one is chosen."""
    forms = FORMS_SINCE if question.is_since else FORMS
    if chosen not in forms:
        return None
    options: dict[str, Any] = {"today": timezone.localdate(), "day": question.day}
    if chosen == "yes":
        options["initial"] = usual(request.partnership)
    return forms[chosen](request.POST if request.method == "POST" else None, **options)


def note(form: Any, partnership: Partnership, question: Question, person: Any) -> None:
    """Write the answer down. That they have not met since a day is noted of today."""
    now = timezone.now()
    if isinstance(form, HowForm):
        actions.log_meeting(partnership, form.activity, Words(), by=person, now=now)
    else:
        day = timezone.localdate(now) if question.is_since else question.day
        next_on = form.cleaned_data.get("next_on")
        actions.log_no_meeting(partnership, by=person, now=now, met_on=day, next_on=next_on)


def show(request: Visit, question: Question, **context: Any) -> HttpResponse:
    others = queries.name_others(request.partnership, request.person)
    return render(request, "support/answer.html", {"question": question, "others": others, **context})
