"""Pages of step 5: sessions, and who came."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations.policy import allows
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

from . import actions, queries
from .calendar import make_calendar
from .forms import AttendanceForm, SessionForm
from .models import TrainingSession

SESSION = "training session"
A_PAGE = 50


@programme_page(SESSION, "R")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """A co-ordinator's sessions and who is trained; a participant's own sessions."""
    if not allows(request.hats, SESSION, "U"):
        sessions = queries.sessions_for(programme, request.person)
        came = queries.attended_by(programme, request.person)
        own = [{"session": session, "state": came.get(session.pk)} for session in sessions]
        return render(request, "training/mine.html", {"own": own, "now": timezone.now()})
    counts = queries.count_trained(programme)
    context = {
        "page": Paginator(queries.sessions_of(programme), A_PAGE).get_page(request.GET.get("page")),
        "counts": counts,
        "waiting": sum(everybody - trained for trained, everybody in counts.values()),
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
    return render(request, "training/plan.html", {"form": form})


@programme_page(SESSION, "U")
def change_session(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    session, kept = find_session(programme, pk), find_session(programme, pk)
    form = SessionForm(request.POST or None, instance=session, programme=programme)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.change_session(kept, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, "Your changes are saved.")
            return redirect(programme.url("training:session", pk=pk))
    return render(request, "training/plan.html", {"form": form, "session": kept})


@programme_page(SESSION, "U")
def session(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """One session, with the list of everybody expected, to record who came."""
    found = find_session(programme, pk)
    expected, recorded = list(queries.expected_at(found)), queries.attendance_at(found)
    form = AttendanceForm(request.POST or None, expected=expected, recorded=recorded)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            came = form.everybody() if "everybody" in request.POST else form.came()
            number = actions.record_attendance(found, came, by=request.person, now=timezone.now())
            messages.success(request, f"Saved: {number} came.")
            return redirect(programme.url("training:home"))
    context = {
        "session": found,
        "topics": queries.titles_of(found),
        "form": form,
        "expected": len(expected),
        "too_many": bool(found.places and len(expected) > found.places),
        "recorded": bool(recorded),
        "is_over": found.starts_at <= timezone.now(),
    }
    return render(request, "training/session.html", context)


@programme_page(SESSION, "U")
@require_POST
def invite(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    return change(request, programme, pk, actions.invite_to_session, "{} people are invited. " + said_of(programme))


@programme_page(SESSION, "D")
@require_POST
def cancel_session(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    return change(request, programme, pk, actions.cancel_session, "The session is cancelled.")


def change(request: Visit, programme: Programme, pk: UUID, action: Any, told: str) -> HttpResponse:
    found = find_session(programme, pk)
    with refusals_on(request):
        done = action(found, by=request.person, now=timezone.now())
        messages.success(request, told.format(done))
    return redirect(programme.url("training:session", pk=pk))


def said_of(programme: Programme) -> str:
    return "Their messages wait for you to read them." if programme.sends_drafts else "Their messages are on their way."


def find_session(programme: Programme, pk: UUID) -> TrainingSession:
    return get_object_or_404(programme.training_sessions, pk=pk)


@programme_page(SESSION, "R")
def calendar(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """A session as a calendar file, for those who run it and those who are expected."""
    if allows(request.hats, SESSION, "U"):
        found = find_session(programme, pk)
    else:
        found = get_object_or_404(queries.sessions_for(programme, request.person), pk=pk)
    headers = {"Content-Disposition": f'attachment; filename="training-{found.pk}.ics"'}
    file = make_calendar(found, timezone.now())
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=headers)


@programme_page(SESSION, "U")
def people(request: Visit, programme: Programme) -> HttpResponse:
    """Who is trained, and who is not yet."""
    counts, role = queries.count_trained(programme), request.GET.get("role", "")
    role, asked = role if role in counts else "", request.GET.get("trained", "")
    words = request.GET.get("q", "").strip()[:200]
    found = queries.search_people(programme, role, {"yes": True, "no": False}.get(asked), words)
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "chips": chips(counts, role, asked),
        "roles": role_chips(counts, role, asked),
        "role": role,
        "asked": asked,
        "words": words,
    }
    return render(request, "training/people.html", context)


def chips(counts: dict[str, tuple[int, int]], role: str, asked: str) -> list[dict[str, Any]]:
    done, everybody = (
        sum(each) for each in zip((0, 0), *(counts[each] for each in counts if role in ("", each)), strict=True)
    )
    numbers = [("no", "Not trained", everybody - done), ("yes", "Trained", done), ("", "All", everybody)]
    return [
        {"label": label, "count": number, "url": f"?role={role}&trained={word}", "current": word == asked}
        for word, label, number in numbers
    ]


def role_chips(counts: dict[str, tuple[int, int]], role: str, asked: str) -> list[dict[str, Any]]:
    names = [("", "Everybody"), *((each, f"{each.capitalize()}s") for each in sorted(counts))]
    return [
        {"label": label, "count": None, "url": f"?role={word}&trained={asked}", "current": word == role}
        for word, label in names
    ]
