"""Pages of meetings: a partnership's own, and the co-ordinator's list of how partnerships stand."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from mentoring.visit import Visit
from programmes.gates import partnership_page, programme_page
from programmes.models import Member, Partnership, Programme

from . import actions, queries
from .forms import DAYS, LENGTHS, OTHER, MeetingForm, NotMetForm, RecordForm
from .health import WORDS, Health, say_rhythm, say_since
from .models import Meeting, ProgressRecord, Reflection
from .step import STEP

ON_A_PAGE = 25
NEED_YOU = "need-you"
ALL = "all"


@programme_page("partnership", "U")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """How the partnerships of a programme stand: dates and counts, those that need the co-ordinator first."""
    today = timezone.localdate()
    search = request.GET.get("q", "").strip()[:100]
    found = queries.standings(programme, today, search)
    shown = request.GET.get("show") or (ALL if search else NEED_YOU)
    page = Paginator([one for one in found if is_shown(one, shown)], ON_A_PAGE).get_page(request.GET.get("page"))
    prefetch_related_objects(
        [one.partnership for one in page], Prefetch("members", Member.objects.select_related("person"))
    )
    context = {
        "step": STEP,
        "page": page,
        "rows": [describe(one, today) for one in page],
        "chips": chips(found, shown, search),
        "shown": shown,
        "search": search,
        "total": len(found),
        "silent": sum(one.assessment.health == Health.SILENT for one in found),
        "usefulness": queries.count_usefulness(programme),
    }
    return render(request, "support/home.html", context)


def is_shown(one: queries.Standing, shown: str) -> bool:
    if shown == NEED_YOU:
        return one.assessment.needs_you
    return shown == ALL or one.assessment.health == shown


def chips(found: list[queries.Standing], shown: str, search: str) -> list[dict[str, Any]]:
    """The filters with their counts; those that nothing falls under are left out, but for the first and the last."""
    kinds = [(NEED_YOU, "Need you"), *((health, WORDS[health][0]) for health in Health), (ALL, "All")]
    counted = [(key, label, sum(is_shown(one, key) for one in found)) for key, label in kinds]
    return [
        {"label": label, "count": count, "url": f"?{urlencode({'show': key, 'q': search})}", "current": key == shown}
        for key, label, count in counted
        if count or key in (NEED_YOU, ALL, shown)
    ]


def describe(one: queries.Standing, today: datetime.date) -> dict[str, Any]:
    """A standing with the words a page needs."""
    last = one.signs.last_met_on
    return {
        "partnership": one.partnership,
        "signs": one.signs,
        "assessment": one.assessment,
        "last_met": say_since(last, today) if last else "Not yet",
        "rhythm": say_rhythm(one.signs.cadence_days),
        "url": one.partnership.url("support:partnership"),
        "today": today,
    }


@partnership_page("partnership", "R")
def partnership(request: Visit, partnership: Partnership) -> HttpResponse:
    """A partnership's own page for its partners; for its co-ordinator the same without a word of what was said."""
    today = timezone.localdate()
    meetings = queries.meetings_of(partnership)
    page = Paginator(meetings, ON_A_PAGE).get_page(request.GET.get("page"))
    standing = queries.standing_of(partnership, meetings, today)
    context = {"page": page, **describe(standing, today)}
    if request.member is None:
        return render(request, "support/overview.html", {"step": STEP, **context})
    records = queries.records_of(page)
    context |= {
        "entries": [(meeting, records.get(meeting.pk)) for meeting in page],
        "others": others(partnership, request.person),
        "is_open": partnership.is_live,
    }
    return render(request, "support/partnership.html", context)


@partnership_page("meeting activity", "C")
def log(request: Visit, partnership: Partnership) -> HttpResponse:
    """Log a meeting in under a minute."""
    form = MeetingForm(request.POST or None, initial=usual(partnership), **about(partnership))
    if request.method == "POST" and form.is_valid():
        try:
            logged = actions.log_meeting(partnership, form.activity, form.words, by=request.person, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            joined = "?joined=yes" if logged.joined else ""
            return redirect(partnership.url("support:saved", pk=logged.meeting.pk) + joined)
    return render_form(request, "support/log.html", form)


@partnership_page("meeting activity", "C")
def not_met(request: Visit, partnership: Partnership) -> HttpResponse:
    """Say that a meeting did not take place: no reason asked."""
    form = NotMetForm(request.POST or None, partnership=partnership, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        dates = {name: form.cleaned_data[name] for name in ("met_on", "next_on")}
        try:
            actions.log_no_meeting(partnership, by=request.person, now=timezone.now(), **dates)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you for saying so. These things happen, and nobody is asked why.")
            return redirect(partnership.url("support:partnership"))
    return render_form(request, "support/not_met.html", form)


@partnership_page("meeting content", "R")
def saved(request: Visit, partnership: Partnership, pk: str) -> HttpResponse:
    """Thanks for a log, and what comes next."""
    meetings = queries.meetings_of(partnership)
    meeting = find(meetings, pk)
    held = [one for one in meetings if one.is_held and one.met_on <= meeting.met_on]
    context = {
        "meeting": meeting,
        "number": len(held),
        "joined": request.GET.get("joined") == "yes",
        "others": others(partnership, request.person),
        **describe(queries.standing_of(partnership, meetings, timezone.localdate()), timezone.localdate()),
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
    whole = actions.may_change(meeting, timezone.now())
    kind = MeetingForm if whole else RecordForm
    form = kind(
        request.POST or None, initial=written(meeting, record, reflection, request.person), **about(partnership)
    )
    if request.method == "POST" and form.is_valid():
        try:
            change(form, meeting, by=request.person)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The record of {meeting.met_on:%-d %B} is saved.")
            return redirect(partnership.url("support:partnership"))
    return render_form(request, "support/meeting.html", form, meeting=meeting, whole=whole)


def change(form: RecordForm, meeting: Meeting, *, by: Person) -> None:
    seen = form.cleaned_data["seen"]
    if isinstance(form, MeetingForm):
        actions.change_meeting(meeting, form.activity, form.words, by=by, now=timezone.now(), seen=seen)
    else:
        actions.write_record(meeting, form.words, by=by, now=timezone.now(), seen=seen)


def render_form(request: Visit, template: str, form: Any, **context: Any) -> HttpResponse:
    """A meeting's form, with its readers named under each box."""
    partners = others(request.partnership, request.person)
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
        "boxes": queries.boxes_of(partnership.programme),
        "next_label": queries.next_date_label(partnership.programme),
    }


def others(partnership: Partnership, person: Person) -> str:
    """The first names of a person's partners: "Ravi", "Ravi and Nia", "Ravi, Nia and Tom"."""
    names = [member.person.first_name for member in partnership.ordered_members() if member.person_id != person.pk]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


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
        **how(meeting),
        "usefulness": own.usefulness if own else "",
        "next_on": meeting.next_on,
        "next_step": record.next_step if record else "",
        "seen": actions.version_of(record),
        **{f"box_{key}": value for key, value in answers.items()},
    }
