"""Timetables of an event as a PDF, a page for each person."""

from django.http import HttpResponse

from mentoring import documents
from mentoring.documents.answers import pdf_answer
from mentoring.documents.attachments import as_data
from mentoring.visit import Visit
from programmes.models import Participant

from .models import Occasion, Seat

Sheets = list[tuple[Participant, list[Seat]]]
FEW = 2  # pages: somebody's own


def render_timetables(request: Visit, occasion: Occasion, sheets: Sheets) -> HttpResponse:
    """Rendered when asked for, and not stored: those of everybody apart, because each is a page."""
    pages = [(part, [describe(occasion, part, seat) for seat in seats]) for part, seats in sheets]
    context = {
        "organisation": request.organisation,
        "programme": request.programme,
        "occasion": occasion,
        "sheets": [{"part": part, "rows": rows} for part, rows in pages],
    }
    data = {
        "event": str(occasion),
        "timetables": [{"name": part.name, "rounds": rows} for part, rows in pages],
    }
    attached = as_data("timetable.json", data, "The timetable as data")
    render = documents.render_long_pdf if len(sheets) > FEW else documents.render_pdf
    content = render("choosing/pdf/timetables.html", context, title="Timetable", data=attached)
    return pdf_answer(content, "Timetable")


def describe(occasion: Occasion, part: Participant, seat: Seat) -> dict[str, object]:
    """A round as one person needs it: when, at which table, with whom."""
    other = seat.mentor if part.pk == seat.mentee_id else seat.mentee
    return {"round": seat.round, "at": occasion.starts(seat.round), "table": seat.table, "name": other.name}
