"""Pages of step 7: results, the survey for those who run it and for those who answer it, figures."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations.policy import Hat, allows
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page, public_programme_page
from programmes.models import Programme
from programmes.needs.models import Measure
from programmes.needs.queries import objectives_of

from . import actions, queries
from .charts import chart_of
from .forms import FigureForm, OpeningForm, SurveyForm
from .models import QuestionKind, SurveyInvitation
from .results import summarise


@programme_page("evaluation", "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    runs_it = Hat.COORDINATOR in request.hats
    today = timezone.localdate()
    survey = queries.latest_survey(programme)
    answers = queries.answers_to(survey, programme, guarded=not runs_it)
    results = queries.results_of(programme, answers, today, guarded=not runs_it)
    scales = answers.tallies(QuestionKind.SCALE)
    context = {
        "today": today,
        "summary": summarise(results),
        "results": results,
        "survey": survey,
        "is_open": survey and survey.is_open(today),
        "rates": queries.rates_of(survey) if survey else [],
        "scales": scales,
        "choices": answers.tallies(QuestionKind.CHOICE),
        "chart": chart_of(scales),
        "texts": answers.texts() if runs_it else [],
        "fewest": answers.fewest,
        "can_change": allows(request.hats, "evaluation", "U"),
        "can_ask": allows(request.hats, "survey", "A"),
    }
    return render(request, "evaluation/home.html", context)


@programme_page("survey", "R")
def survey(request: Visit, programme: Programme) -> HttpResponse:
    latest = queries.latest_survey(programme)
    questions = queries.questions_of(programme)
    context = {
        "survey": latest,
        "is_open": latest and latest.is_open(timezone.localdate()),
        "rates": queries.rates_of(latest) if latest else [],
        "asked": [(role, queries.asked(questions, role)) for role in ("mentee", "mentor")],
        "people": queries.people_to_ask(programme).count(),
        "can_ask": allows(request.hats, "survey", "A"),
    }
    return render(request, "evaluation/survey.html", context)


@programme_page("survey", "A")
def open_survey(request: Visit, programme: Programme) -> HttpResponse:
    form = OpeningForm(request.POST or None, initial={"draft": programme.sends_drafts})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.open_survey(
                programme,
                is_anonymous=form.cleaned_data["anonymity"] == "anonymous",
                closes_on=form.cleaned_data["closes_on"],
                draft=form.cleaned_data["draft"],
                by=request.person,
                now=timezone.now(),
            )
            waits = "The messages wait for you." if form.cleaned_data["draft"] else "The messages are on their way."
            messages.success(request, f"The survey is open. {waits}")
            return redirect(programme.url("evaluation:survey"))
    people = queries.people_to_ask(programme).count()
    return render(request, "evaluation/open_survey.html", {"form": form, "people": people})


@programme_page("survey", "A")
@require_POST
def remind(request: Visit, programme: Programme) -> HttpResponse:
    latest = queries.latest_survey(programme)
    if latest is None:
        raise Http404
    with refusals_on(request):
        reminded = actions.remind_unanswered(latest, by=request.person, now=timezone.now())
        people = "1 person gets" if reminded == 1 else f"{reminded} people get"
        messages.success(request, f"{people} a reminder with a new link.")
    return redirect(programme.url("evaluation:survey"))


@programme_page("survey", "A")
@require_POST
def close_survey(request: Visit, programme: Programme) -> HttpResponse:
    latest = queries.latest_survey(programme)
    if latest is None:
        raise Http404
    actions.close_survey(latest, by=request.person, now=timezone.now())
    messages.success(request, "The survey is closed.")
    return redirect(programme.url("evaluation:survey"))


@programme_page("evaluation", "U")
def enter_figure(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    objective = get_object_or_404(objectives_of(programme), pk=pk, measure=Measure.NUMBER)
    form = FigureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.enter_figure(objective, by=request.person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "The figure is kept.")
        return redirect(programme.url("evaluation:home"))
    earlier = objective.measurements.select_related("entered_by").order_by("-measured_on", "-entered_at")[:20]
    context = {"form": form, "objective": objective, "earlier": earlier}
    return render(request, "evaluation/figure.html", context)


@public_programme_page
def answer(request: Visit, programme: Programme, secret: str) -> HttpResponse:
    invitation = queries.find_invitation(programme, secret)
    if invitation is None:
        raise Http404
    if invitation.answered_on or not invitation.survey.is_open(timezone.localdate()):
        return render(request, "evaluation/answered.html", {"invitation": invitation})
    form = form_for(invitation, programme, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.answer_survey(invitation, answers=form.cleaned_data, now=timezone.now())
            return redirect(programme.url("evaluation:answer", secret=secret))
    count = len(form.fields)
    context = {"invitation": invitation, "form": form, "count": count, "minutes": actions.minutes_for(count)}
    return render(request, "evaluation/answer.html", context)


def form_for(invitation: SurveyInvitation, programme: Programme, given: Any) -> SurveyForm:
    questions = queries.asked(queries.questions_of(programme), invitation.role)
    return SurveyForm(given, questions=questions, is_anonymous=invitation.survey.is_anonymous)
