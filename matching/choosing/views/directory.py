"""The directory: mentors who agreed to be in it, and asking one of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from matching.choosing import actions, queries
from matching.choosing.cards import cards_from, cards_of
from matching.choosing.forms import AskForm
from matching.choosing.models import Choosing
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Degree, Programme

from .finding import Mentors, open_to, own_mentee

ON_A_PAGE = 12


def open_directory(programme: Programme) -> Choosing | None:
    choosing = queries.open_choosing(programme)
    return choosing if choosing and choosing.degree == Degree.DIRECTORY else None


@programme_page("mentor directory", "R")
def mentors(request: Visit, programme: Programme) -> HttpResponse:
    """Mentors who are shown and have a place, those with most places first."""
    choosing = open_directory(programme)
    part = own_mentee(request, programme)
    found = open_to(part) if choosing else Mentors({}, [], {})
    page = Paginator(list(found.places), ON_A_PAGE).get_page(request.GET.get("page"))
    cards = cards_from(page, found.questions, found.answers)
    context = {
        "choosing": choosing,
        "part": part,
        "page": page,
        "mentors": [
            {"card": cards[one.pk], "used": one.capacity - found.places[one], "of": one.capacity} for one in page
        ],
    }
    return render(request, "choosing/mentors.html", context)


@programme_page("request for a mentor", "C")
def mentor(request: Visit, programme: Programme, pk: str) -> HttpResponse:
    """One mentor as they show themselves, and the request."""
    choosing, part = open_directory(programme), own_mentee(request, programme)
    found = next((one for one in open_to(part).places if one.profile.pk == pk), None) if choosing else None
    if choosing is None or found is None:
        raise Http404
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.ask(choosing, part, found, form.cleaned_data["words"], by=request.person, now=timezone.now())
            messages.success(request, "Your request is on its way. You will have an answer, whatever it is.")
            return redirect(programme.url("choosing:own"))
    card = cards_of([found])[found.pk]
    return render(request, "choosing/mentor.html", {"form": form, "card": card, "choosing": choosing, "part": part})
