"""Pages of step 5: sessions, and who came."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations.policy import allows
from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

from . import actions, queries
from .forms import AttendanceForm, SessionForm
from .models import TrainingSession
from .step import STEP

SESSION = "training session"


@programme_page(SESSION, "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """A co-ordinator's sessions and who is trained; a participant's own sessions."""
    if not allows(request.hats, SESSION, "U"):
        sessions = queries.sessions_for(programme, request.person)
        return render(request, "training/mine.html", {"step": STEP, "sessions": sessions, "now": timezone.now()})
    waiting = queries.with_training(queries.participants_in(programme)).filter(is_trained=False)
    context = {
        "step": STEP,
        "sessions": queries.sessions_of(programme),
        "waiting": waiting,
        "counts": queries.count_trained(programme),
        "now": timezone.now(),
    }
    return render(request, "training/home.html", context)


@programme_page(SESSION, "C")
def plan_session(request: Visit, programme: Programme) -> HttpResponse:
    form = SessionForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        session = actions.plan_session(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "The session is planned. Nobody has been written to yet.")
        return redirect(programme.url("training:session", pk=session.pk))
    return render(request, "training/plan.html", {"step": STEP, "form": form})


@programme_page(SESSION, "U")
def change_session(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    session = find_session(programme, pk)
    form = SessionForm(request.POST or None, instance=session, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_session(session, by=request.person, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your changes are saved. Nobody has been written to about them.")
            return redirect(programme.url("training:session", pk=pk))
    return render(request, "training/plan.html", {"step": STEP, "form": form, "session": session})


@programme_page(SESSION, "U")
def session(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """One session, with the list of everybody expected, to record who came."""
    found = find_session(programme, pk)
    expected, recorded = list(queries.expected_at(found)), queries.attendance_at(found)
    form = AttendanceForm(request.POST or None, expected=expected, recorded=recorded)
    if request.method == "POST" and form.is_valid():
        try:
            number = actions.record_attendance(found, form.came(), by=request.person, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Saved: {number} came.")
            return redirect(programme.url("training:home"))
    context = {
        "step": STEP,
        "session": found,
        "topics": queries.titles_of(found),
        "form": form,
        "expected": len(expected),
        "is_over": found.starts_at <= timezone.now(),
    }
    return render(request, "training/session.html", context)


@require_POST
@programme_page(SESSION, "U")
def invite(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    return change(request, programme, pk, actions.invite_to_session, "{} people are invited. " + said_of(programme))


@require_POST
@programme_page(SESSION, "D")
def cancel_session(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    return change(request, programme, pk, actions.cancel_session, "The session is cancelled.")


def change(request: Visit, programme: Programme, pk: UUID, action: Any, told: str) -> HttpResponse:
    found = find_session(programme, pk)
    try:
        done = action(found, by=request.person, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told.format(done))
    return redirect(programme.url("training:session", pk=pk))


def said_of(programme: Programme) -> str:
    return "Their messages wait for you to read them." if programme.sends_drafts else "Their messages are on their way."


def find_session(programme: Programme, pk: UUID) -> TrainingSession:
    return get_object_or_404(programme.training_sessions, pk=pk)
