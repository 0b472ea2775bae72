"""Logging a meeting, and writing in its record."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership
from programmes.support import actions, queries
from programmes.support.boxes import boxes_of, read_boxes, read_record, written_in
from programmes.support.circles.sizes import is_larger
from programmes.support.forms import DAYS, LENGTHS, OTHER, MeetingForm, NotMetForm, RecordForm
from programmes.support.models import Meeting, ProgressRecord, Reflection
from programmes.support.planning.queries import planned_of
from programmes.support.promises import due_of

from .standing import describe


@partnership_page("meeting activity", "C")
def log(request: Visit, partnership: Partnership) -> HttpResponse:
    """Log a meeting in under a minute."""
    form = MeetingForm(request.POST or None, initial=usual(partnership), **about(partnership))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            logged = actions.log_meeting(partnership, form.activity, form.words, by=request.person, now=timezone.now())
            joined = "?joined=yes" if logged.joined else ""
            return redirect(partnership.url("support:saved", pk=logged.meeting.pk) + joined)
    return render_form(request, "support/log.html", form)


@partnership_page("meeting activity", "C")
def not_met(request: Visit, partnership: Partnership) -> HttpResponse:
    """Say that a meeting did not take place: no reason asked."""
    form = NotMetForm(request.POST or None, partnership=partnership, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        dates = {name: form.cleaned_data[name] for name in ("met_on", "next_on")}
        with refusals_on(form):
            actions.log_no_meeting(partnership, by=request.person, now=timezone.now(), **dates)
            messages.success(request, "Thank you for saying so. These things happen, and nobody is asked why.")
            return redirect(partnership.url("support:partnership"))
    return render_form(request, "support/not_met.html", form)


@partnership_page("meeting content", "R")
def saved(request: Visit, partnership: Partnership, pk: str) -> HttpResponse:
    """Thanks for a log, and what comes next."""
    meetings, planned = queries.meetings_of(partnership), list(planned_of(partnership))
    closing = queries.closing_of(partnership)
    meeting = find(meetings, pk)
    today = timezone.localdate()
    held = [one for one in meetings if one.is_held and one.met_on <= meeting.met_on]
    context = {
        "meeting": meeting,
        "number": len(held),
        "is_planned": bool(planned),
        "joined": request.GET.get("joined") == "yes",
        "larger": is_larger(partnership.model),
        "others": queries.name_others(partnership, request.person),
        **describe(queries.standing_of(partnership, meetings, today, planned=planned, closing=closing), today),
    }
    return render(request, "support/saved.html", context)


@partnership_page("meeting content", "U")
def meeting(request: Visit, partnership: Partnership, pk: str) -> HttpResponse:
    """One meeting and its record: within a day of the log all of it can be changed, later the record."""
    meeting = find(queries.meetings_of(partnership), pk)
    if not meeting.is_held:
        raise Http404
    record = queries.records_of([meeting]).get(meeting.pk)
    reflection = queries.reflections_of([meeting], request.person).get(meeting.pk)
    if not partnership.is_live or is_closed(request, meeting):
        return read(request, meeting, record, reflection)
    whole = actions.may_change(meeting, timezone.now())
    kind = MeetingForm if whole else RecordForm
    form = kind(
        request.POST or None, initial=written(meeting, record, reflection, request.person), **about(partnership)
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            change(form, meeting, by=request.person)
            messages.success(request, f"The record of {meeting.met_on:%-d %B} is saved.")
            return redirect(partnership.url("support:partnership"))
    return render_form(request, "support/meeting.html", form, meeting=meeting, whole=whole)


def read(
    request: Visit, meeting: Meeting, record: ProgressRecord | None, reflection: Reflection | None
) -> HttpResponse:
    """A meeting of a partnership that has ended: to read, no longer to write."""
    boxes = boxes_of(request.programme)
    context = {
        "meeting": meeting,
        "shared": read_record(meeting, record, boxes),
        "private": read_boxes(boxes, reflection.answers) if reflection else [],
        "others": queries.name_others(request.partnership, request.person),
        "is_closed": is_closed(request, meeting),
    }
    return render(request, "support/read.html", context)


def is_closed(request: Visit, meeting: Meeting) -> bool:
    """Whether a meeting took place before this reader joined, so that its record is not theirs."""
    joined = request.member.reads_from if request.member else None
    return joined is not None and meeting.met_on < joined


def change(form: RecordForm, meeting: Meeting, *, by: Person) -> None:
    seen = form.cleaned_data["seen"]
    if isinstance(form, MeetingForm):
        actions.change_meeting(meeting, form.activity, form.words, by=by, now=timezone.now(), seen=seen)
    else:
        actions.write_record(meeting, form.words, by=by, now=timezone.now(), seen=seen)


def render_form(request: Visit, template: str, form: Any, **context: Any) -> HttpResponse:
    """A meeting's form, with its readers named under each box."""
    partners = queries.name_others(request.partnership, request.person)
    if isinstance(form, RecordForm):
        form.tell_readers(f"You and {partners} read this.")
    return render(request, template, {"form": form, "others": partners, **context})


def find(meetings: list[Meeting], pk: Any) -> Meeting:
    found = next((meeting for meeting in meetings if meeting.pk == pk), None)
    if found is None:
        raise Http404
    return found


def about(partnership: Partnership) -> dict[str, Any]:
    """What a meeting's form needs to know of its partnership."""
    return {
        "partnership": partnership,
        "today": timezone.localdate(),
        "boxes": boxes_of(partnership.programme),
    }


def usual(partnership: Partnership) -> dict[str, Any]:
    """Today, and the way and length of the last meeting, so that most logs take one tap less."""
    last = next((meeting for meeting in queries.meetings_of(partnership) if meeting.is_held), None)
    return {"when": "today", **(how(last) if last else {})}


def how(meeting: Meeting) -> dict[str, Any]:
    length = str(meeting.minutes) if str(meeting.minutes) in LENGTHS else OTHER
    return {"medium": meeting.medium, "length": length, "minutes": meeting.minutes if length == OTHER else None}


def written(
    meeting: Meeting, record: ProgressRecord | None, reflection: Reflection | None, person: Person
) -> dict[str, Any]:
    """A meeting as its form shows it."""
    days_ago = (timezone.localdate() - meeting.met_on).days
    when = next((word for word, days in DAYS.items() if days == days_ago), OTHER)
    answers = (record.answers if record else {}) | (reflection.answers if reflection else {})
    own = next((log for log in meeting.logs.all() if log.person_id == person.pk), None)
    return {
        "when": when,
        "met_on": meeting.met_on,
        "began_on": meeting.began_on,
        **how(meeting),
        "usefulness": own.usefulness if own else "",
        "next_on": meeting.next_on,
        "next_step": record.next_step if record else "",
        "seen": actions.version_of(record),
        **due_of(meeting),
        **written_in(boxes_of(meeting.partnership.programme), answers),
    }
