"""The application form as applicants see it, and its words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme
from programmes.recruitment import actions
from programmes.recruitment.forms import QuestionForm, make_answers_form
from programmes.recruitment.models import AppliesAs, AskedOf, Question
from programmes.recruitment.pages import pages_of
from programmes.recruitment.queries import questions_of
from programmes.recruitment.ready_made import not_yet_among


@programme_page("programme settings", "R")
def questions(request: Visit, programme: Programme) -> HttpResponse:
    """The real form, one role at a time; nothing can be sent from here."""
    role = request.GET.get("role", "")
    role = role if role in AppliesAs.values else AppliesAs.MENTEE
    every = [question for question in questions_of(programme) if question.asked_of in (role, AskedOf.BOTH)]
    context = {
        "role": AppliesAs(role),
        "chips": [
            {"label": f"{each.label}s", "count": None, "url": f"?role={each}", "current": each == role}
            for each in AppliesAs
        ],
        "pages": [preview(page.heading, page.questions) for page in pages_of([q for q in every if q.is_asked])],
        "more": not_yet_among(questions_of(programme)),
        "unasked": [question for question in every if not question.is_asked],
    }
    return render(request, "recruitment/questions.html", context)


def preview(heading: str, asked: list[Question]) -> dict[str, Any]:
    """A page's questions with their fields, drawn but not to be filled in."""
    form = make_answers_form(asked, answers={})
    for field in form.fields.values():
        field.disabled = True
    return {"heading": heading, "parts": [{"question": question, "field": form[question.key]} for question in asked]}


@programme_page("programme settings", "U")
def question(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Change a question's words. What was answered before keeps the question it answered."""
    found = get_object_or_404(questions_of(programme), pk=pk)
    form = QuestionForm(request.POST or None, instance=get_object_or_404(Question, pk=pk))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.change_question(found, **form.cleaned_data, by=request.person, now=timezone.now())
            messages.success(request, "The question is changed.")
            return redirect(back_to(programme, found))
    context = {"form": form, "question": found, "answered": found.answers.exists(), "back": back_to(programme, found)}
    return render(request, "recruitment/question.html", context)


@programme_page("programme settings", "U")
@require_POST
def add_question(request: Visit, programme: Programme) -> HttpResponse:
    """Ask a ready-made question besides."""
    with refusals_on(request):
        added = actions.add_question(programme, request.POST.get("question", ""), by=request.person, now=timezone.now())
        messages.success(request, f"“{added.label}” is asked from now on.")
        return redirect(back_to(programme, added))
    return redirect(programme.url("recruitment:questions"))


@programme_page("programme settings", "U")
@require_POST
def ask_question(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Ask a question from now on, or no longer."""
    found = get_object_or_404(questions_of(programme), pk=pk)
    is_asked = request.POST.get("asked") == "yes"
    with refusals_on(request):
        actions.set_asked(found, is_asked, by=request.person, now=timezone.now())
        messages.success(request, "The question is asked again." if is_asked else "The question is no longer asked.")
    return redirect(back_to(programme, found))


def back_to(programme: Programme, question: Question) -> str:
    role = AppliesAs.MENTOR if question.asked_of == AskedOf.MENTOR else AppliesAs.MENTEE
    return programme.url("recruitment:questions") + f"?role={role}"
