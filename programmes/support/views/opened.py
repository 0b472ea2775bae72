"""What partners let their co-ordinator read, because everybody signed it (C6)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership, Reading
from programmes.support import queries
from programmes.support.boxes import boxes_of, read_record
from programmes.support.reading import note_reading
from programmes.support.step import STEP

from .standing import ON_A_PAGE


@partnership_page("opened records", "R")
def opened(request: Visit, partnership: Partnership) -> HttpResponse:
    """The records that the agreement opens: the database gives no other. Each look at them is in the trail."""
    held = [meeting for meeting in queries.meetings_of(partnership) if meeting.is_held]
    page = Paginator(held, ON_A_PAGE).get_page(request.GET.get("page"))
    records, boxes = queries.records_of(page), boxes_of(partnership.programme)
    entries: list[Any] = [
        (meeting, read_record(meeting, records[meeting.pk], boxes)) for meeting in page if meeting.pk in records
    ]
    if entries:
        note_reading(partnership, len(entries), by=request.person, now=timezone.now())
    context = {"step": STEP, "page": page, "entries": entries, "is_open": partnership.reading == Reading.LOG}
    return render(request, "support/opened.html", context)
