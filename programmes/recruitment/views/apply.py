"""The public application form. Works without an account: a signed link is the way back."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import public_programme_page
from programmes.models import Programme
from programmes.recruitment import actions
from programmes.recruitment.forms import StartForm, make_answers_form
from programmes.recruitment.kinds import say
from programmes.recruitment.links import applicant_url, find_signed
from programmes.recruitment.models import Application, AppliesAs, Opening
from programmes.recruitment.pages import FormPage, pages_of
from programmes.recruitment.queries import answers_to, questions_of


@never_cache
@public_programme_page
def form(request: Visit, programme: Programme, role: str) -> HttpResponse:
    """Where an application begins: what it is about, until when, and who applies."""
    opening = find_opening(programme, role)
    if not opening.is_open(timezone.localdate()):
        return render(request, "apply/closed.html", {"opening": opening, "today": timezone.localdate()})
    known = {"name": str(request.person), "email": request.person.email} if request.person else None
    start = StartForm(known or request.POST or None)
    if request.method == "POST" and start.is_valid():
        application = actions.start_application(
            programme, role, **start.cleaned_data, person=request.person, now=timezone.now()
        )
        return redirect(applicant_url(application, "apply:page", number=1))
    context = {
        "opening": opening,
        "form": None if known else start,
        "role": role,
        "known": known,
        "pages": form_pages(programme, role),
    }
    return render(request, "apply/form.html", context)


@never_cache
@public_programme_page
def you(request: Visit, programme: Programme, role: str, application: UUID, signature: str) -> HttpResponse:
    """Correct the name or the address. Somebody who was signed in applies as themselves and has nothing to correct."""
    found = find_signed(programme, role, application, signature)
    if not found.is_started:
        return redirect(applicant_url(found))
    start = StartForm(request.POST or None, initial={"name": found.name, "email": found.email})
    if request.method == "POST" and start.is_valid():
        with suppress(Refused):
            actions.change_applicant(found, **start.cleaned_data, by=request.person, now=timezone.now())
        return redirect(onward(request, found, 0, len(form_pages(programme, role))))
    own = None if found.person_id else start
    context = {**steps(form_pages(programme, role), 1), "application": found, "form": own, **own_urls(found)}
    return render(request, "apply/you.html", context)


@never_cache
@public_programme_page
def page(
    request: Visit, programme: Programme, role: str, application: UUID, signature: str, number: int
) -> HttpResponse:
    """One page of questions. “Continue” needs all of them; “Save and come back later” keeps what is there."""
    found = find_signed(programme, role, application, signature)
    pages = form_pages(programme, role)
    if not found.is_started or not 1 <= number <= len(pages):
        return redirect(applicant_url(found))
    later = "later" in request.POST
    questions = pages[number - 1].questions
    answers = make_answers_form(questions, request.POST or None, answers=answers_to(found), unfinished=later)
    if request.method == "POST" and answers.is_valid():
        try:
            actions.save_answers(found, {question: answers.cleaned_data[question.key] for question in questions})
        except Refused:
            return redirect(applicant_url(found))
        return redirect(applicant_url(found, "apply:later") if later else onward(request, found, number, len(pages)))
    context = {
        **steps(pages, number + 1),
        "application": found,
        "form": answers,
        "heading": pages[number - 1].heading,
        "back": applicant_url(found, "apply:page", number=number - 1)
        if number > 1
        else applicant_url(found, "apply:you"),
    }
    return render(request, "apply/page.html", context)


@never_cache
@public_programme_page
def check(request: Visit, programme: Programme, role: str, application: UUID, signature: str) -> HttpResponse:
    """All answers on one page; the button sends them in."""
    found = find_signed(programme, role, application, signature)
    if not found.is_started:
        return redirect(applicant_url(found))
    pages, refusal = form_pages(programme, role), None
    if request.method == "POST":
        try:
            actions.submit_application(found, by=request.person, now=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect(applicant_url(found, "apply:done"))
    parts = summarise(found, pages)
    context = {
        **steps(pages, len(pages) + 2),
        "application": found,
        "parts": parts,
        "you_url": applicant_url(found, "apply:you") + "?check",
        "missing": sum(row["missing"] for part in parts for row in part["rows"]),
        "refusal": refusal,
        "back": applicant_url(found, "apply:page", number=len(pages)),
    }
    return render(request, "apply/check.html", context)


@never_cache
@public_programme_page
def later(request: Visit, programme: Programme, role: str, application: UUID, signature: str) -> HttpResponse:
    """Saved. The button e-mails the way back."""
    found = find_signed(programme, role, application, signature)
    if not found.is_started:
        return redirect(applicant_url(found))
    return render(request, "apply/later.html", {"application": found, "sent": "sent" in request.GET, **own_urls(found)})


@public_programme_page
@require_POST
def send_link(request: Visit, programme: Programme, role: str, application: UUID, signature: str) -> HttpResponse:
    found = find_signed(programme, role, application, signature)
    try:
        actions.send_return_link(found, now=timezone.now())
    except Refused:
        return redirect(applicant_url(found))
    return redirect(applicant_url(found, "apply:later") + "?sent")


@never_cache
@public_programme_page
def resume(request: Visit, programme: Programme, role: str, application: UUID, signature: str) -> HttpResponse:
    """Where a signed link leads: to the first page with something missing, to the check, or to what was sent in."""
    found = find_signed(programme, role, application, signature)
    if not found.is_started:
        return redirect(applicant_url(found, "apply:done"))
    given = answers_to(found)
    for number, part in enumerate(form_pages(programme, role), start=1):
        if any(question.required and question.key not in given for question in part.questions):
            return redirect(applicant_url(found, "apply:page", number=number))
    return redirect(applicant_url(found, "apply:check"))


@never_cache
@public_programme_page
def done(request: Visit, programme: Programme, role: str, application: UUID, signature: str) -> HttpResponse:
    """The reference, what happens next and when. Survives a bookmark; says nothing of a decision before its letter."""
    found = find_signed(programme, role, application, signature)
    if found.is_started:
        return redirect(applicant_url(found))
    context = {
        "application": found,
        "parts": summarise(found, form_pages(programme, role)),
        "opening": programme.openings.filter(role=role).first(),
        "today": timezone.localdate(),
        **own_urls(found),
    }
    return render(request, "apply/done.html", context)


@never_cache
@public_programme_page
def withdraw(request: Visit, programme: Programme, role: str, application: UUID, signature: str) -> HttpResponse:
    """Asks once more, then withdraws."""
    found = find_signed(programme, role, application, signature)
    refusal = None
    if request.method == "POST":
        try:
            actions.withdraw_application(found, by=request.person, now=timezone.now())
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect(applicant_url(found, "apply:done"))
    return render(request, "apply/withdraw.html", {"application": found, "refusal": refusal, **own_urls(found)})


def find_opening(programme: Programme, role: str) -> Opening:
    """The role's opening. A programme that has not announced any has no form either."""
    opening = programme.openings.filter(role=role).first() if role in AppliesAs.values else None
    if opening is None:
        raise Http404
    return opening


def form_pages(programme: Programme, role: str) -> list[FormPage]:
    return pages_of(list(questions_of(programme, role)))


def steps(pages: list[FormPage], current: int) -> dict[str, Any]:
    return {"steps": ["You", *(part.heading for part in pages), "Check"], "current": current}


def onward(request: Visit, application: Application, number: int, last: int) -> str:
    if number == last or "check" in request.GET:
        return applicant_url(application, "apply:check")
    return applicant_url(application, "apply:page", number=number + 1)


def summarise(application: Application, pages: list[FormPage]) -> list[dict[str, Any]]:
    """For each page its questions with the answers in words, and where to change them."""
    given = answers_to(application)
    return [
        {
            "heading": part.heading,
            "rows": [
                {
                    "label": question.label,
                    "words": say(question, given.get(question.key)),
                    "missing": question.required and question.key not in given,
                    "change": applicant_url(application, "apply:page", number=number)
                    + f"?check#div_id_answer-{question.key}",
                }
                for question in part.questions
            ],
        }
        for number, part in enumerate(pages, start=1)
    ]


def own_urls(application: Application) -> dict[str, str]:
    """The applicant's own pages, for templates."""
    names = ("resume", "send_link", "done", "withdraw", "later")
    return {f"{name}_url": applicant_url(application, f"apply:{name}") for name in names}
