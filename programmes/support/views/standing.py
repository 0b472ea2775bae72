"""How a programme's partnerships stand, for those who run it."""

import datetime
from collections.abc import Container
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Member, Programme
from programmes.support import queries
from programmes.support.day import queries as day_queries
from programmes.support.day.forms import EstimateForm
from programmes.support.health import WORDS, Health, say_since
from programmes.support.reading import shown_to_coordinator
from programmes.support.step import STEP

ON_A_PAGE = 25
NEED_YOU = "need-you"
CHANGED = "changed"
ALL = "all"


@programme_page("partnership", "U")
def home(request: Visit, programme: Programme) -> HttpResponse:
    """How the partnerships of a programme stand: dates and counts, those that need the co-ordinator first."""
    today = timezone.localdate()
    search = request.GET.get("q", "").strip()[:100]
    found = queries.standings(programme, today, search)
    shown = request.GET.get("show") or (ALL if search else NEED_YOU)
    look = day_queries.last_look(programme, request.person)
    changed = {one.partnership.pk: words for one in found if (words := day_queries.what_changed(one, look))}
    listed = [one for one in found if is_shown(one, shown, changed)]
    page = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page"))
    prefetch_related_objects(
        [one.partnership for one in page], Prefetch("members", Member.objects.select_related("person"))
    )
    letters = queries.last_letters(one.partnership for one in page)
    context = {
        "step": STEP,
        "page": page,
        "rows": [
            shown_to_coordinator(
                describe(one, today, letters.get(str(one.partnership.pk)))
                | {"changed": changed.get(one.partnership.pk, "")}
            )
            for one in page
        ],
        "chips": chips(found, shown, search, changed if look else None),
        "look": look,
        "meter": day_queries.meter_of(programme, request.person, day_queries.count_live(found), timezone.now()),
        "estimate": EstimateForm(),
        "shown": shown,
        "search": search,
        "total": len(found),
        "silent": sum(one.assessment.health == Health.SILENT for one in found),
        "usefulness": queries.count_usefulness(programme),
    }
    return render(request, "support/home.html", context)


def is_shown(one: queries.Standing, shown: str, changed: Container[UUID]) -> bool:
    if shown == NEED_YOU:
        return one.assessment.needs_you
    if shown == CHANGED:
        return one.partnership.pk in changed
    return shown == ALL or one.assessment.health == shown


def chips(
    found: list[queries.Standing], shown: str, search: str, changed: Container[UUID] | None
) -> list[dict[str, Any]]:
    """The filters with their counts; those that nothing falls under are left out, but for the first and the last.

    `changed`: what is new since somebody last looked; none where they never did.
    """
    since = [] if changed is None else [(CHANGED, "Changed since you looked")]
    kinds = [(NEED_YOU, "Need you"), *since, *((health, WORDS[health][0]) for health in Health), (ALL, "All")]
    counted = [(key, label, sum(is_shown(one, key, changed or ()) for one in found)) for key, label in kinds]
    return [
        {"label": label, "count": count, "url": f"?{urlencode({'show': key, 'q': search})}", "current": key == shown}
        for key, label, count in counted
        if count or key in (NEED_YOU, ALL, shown)
    ]


def describe(
    one: queries.Standing, today: datetime.date, written_at: datetime.datetime | None = None
) -> dict[str, Any]:
    """A standing with the words a page needs. `written_at`: when they were last sent a reminder or a question."""
    last = one.signs.last_met_on
    is_quiet = one.assessment.health in (Health.SILENT, Health.LATE)
    written_on = timezone.localdate(written_at) if written_at and is_quiet else None
    return {
        "partnership": one.partnership,
        "signs": one.signs,
        "assessment": one.assessment,
        "last_met": say_since(last, today) if last else "Not yet",
        "rhythm": one.partnership.rhythm,
        "url": one.partnership.url("support:partnership"),
        "today": today,
        "is_quiet": is_quiet,
        # A letter from before the last meeting says nothing about this silence.
        "written_on": written_on if written_on and written_on > one.signs.counts_from else None,
    }
