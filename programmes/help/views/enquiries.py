"""Asking those who run the programme, and answering."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from mentoring.organisations.policy import allows
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.help import actions, queries
from programmes.help.forms import AnswerForm, AskForm, SuggestForm
from programmes.models import Programme

ON_A_PAGE = 25


@programme_page("enquiry", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """For a co-ordinator what was asked, open ones first; for anybody else what they asked themselves."""
    answers = allows(request.hats, "enquiry", "A")
    found = queries.enquiries_of(programme) if answers else queries.own_enquiries(programme, request.person)
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "answers": answers,
        "open": queries.open_enquiries(programme).count() if answers else 0,
        "suggestions": queries.suggestions_of(programme)[:ON_A_PAGE] if answers else [],
        "usual": say_time(programme),
    }
    return render(request, "help/home.html", context)


def say_time(programme: Programme) -> str:
    """How long an answer usually takes, in words; nothing before there was one."""
    usual = queries.usual_response(programme, timezone.now())
    if usual is None:
        return ""
    hours = round(usual.total_seconds() / 3600)
    if hours < 2:
        return "within two hours"
    return f"within {hours} hours" if hours <= 36 else f"within {round(hours / 24)} days"


@programme_page("enquiry", "C")
def ask(request: Visit, programme: Programme) -> HttpResponse:
    """A question or a difficulty, from whichever page somebody was on."""
    form = AskForm(request.POST if request.method == "POST" else None, initial={"page": came_from(request)})
    if request.method == "POST" and form.is_valid():
        enquiry = actions.ask(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Your co-ordinator has it. The answer comes by e-mail and stands here.")
        return redirect(programme.url("help:enquiry", pk=enquiry.pk))
    return render(request, "help/ask.html", {"form": form, "usual": say_time(programme)})


def came_from(request: Visit) -> str:
    """The page of this site on which help was asked for."""
    page = request.GET.get("from", "")
    return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""


@programme_page("enquiry", "R")
def enquiry(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """One enquiry; its co-ordinators answer it here."""
    found = get_object_or_404(queries.enquiries_of(programme), pk=pk)
    may_answer = allows(request.hats, "enquiry", "A") and found.is_open and found.asked_by_id != request.person.pk
    form = AnswerForm(request.POST if request.method == "POST" else None) if may_answer else None
    if request.method == "POST" and form and form.is_valid():
        found.programme = programme
        with refusals_on(request):
            actions.answer(found, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Your answer is on its way to {found.asked_by.first_name}.")
            return redirect(programme.url("help:home"))
        return redirect(programme.url("help:enquiry", pk=pk))
    return render(request, "help/enquiry.html", {"enquiry": found, "form": form})


@programme_page("suggestion", "C")
def suggest(request: Visit, programme: Programme) -> HttpResponse:
    """The suggestion box."""
    form = SuggestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.suggest(programme, words=form.cleaned_data["words"], on=timezone.localdate())
        messages.success(request, "Thank you. Your suggestion is in the box, without your name.")
        return redirect("/my/")
    return render(request, "help/suggest.html", {"form": form})
