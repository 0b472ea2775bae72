"""Resting and going on; and the letter that a page shows before it is sent."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from mentoring.accounts.models import Person
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership
from programmes.support import letters, queries
from programmes.support.endings import resting
from programmes.support.endings.forms import RestForm


@partnership_page("partnership", "A")
def rest(request: Visit, partnership: Partnership) -> HttpResponse:
    """Ask whether to let it rest, with the words that the others will read."""
    initial = {"until": partnership.resting_until}
    form = RestForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            resting.rest(partnership, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, told(form.cleaned_data["until"]))
            return redirect(partnership.url("support:partnership"))
    return render(request, "support/rest.html", {"form": form, **preview(request, "rests")})


def told(until: datetime.date | None) -> str:
    if until is None:
        return "It rests now. Nobody is reminded until you go on."
    return f"It rests now. On {date_format(until, 'j F Y')} you are asked whether you would like to go on."


@partnership_page("partnership", "A")
@require_POST
def go_on(request: Visit, partnership: Partnership) -> HttpResponse:
    """End a rest."""
    with refusals_on(request):
        resting.go_on(partnership, by=request.person, now=timezone.now())
        messages.success(request, "It goes on. The rhythm counts from today.")
    return redirect(partnership.url("support:partnership"))


def first_reader(request: Visit) -> Person:
    """The first of the others: whose letter is shown."""
    here = [member.person for member in request.partnership.present_members()]
    return next(person for person in here if person != request.person)


def preview(request: Visit, change: str, **words: object) -> dict[str, object]:
    """The letter as the first of the others will read it."""
    partnership, by = request.partnership, request.person
    return {
        "letter": letters.compose(change, partnership, first_reader(request), by=by, **words),
        "others": queries.name_others(partnership, by),
    }
