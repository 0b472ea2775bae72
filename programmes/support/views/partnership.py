"""A partnership's own page, and its progress record to keep."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mentoring import documents
from mentoring.documents.answers import pdf_answer
from mentoring.documents.attachments import as_data
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership
from programmes.support import queries
from programmes.support.boxes import boxes_of, read_record
from programmes.support.circles.queries import next_in_turn
from programmes.support.circles.sizes import is_larger, may_end_all, may_rest_all, takes_turns, with_parts
from programmes.support.day import queries as day_queries
from programmes.support.endings.forms import WishForm
from programmes.support.models import Closing, Meeting, PlannedMeeting
from programmes.support.planning.letters import say_when
from programmes.support.planning.queries import planned_of
from programmes.support.printed import record_as_data
from programmes.support.queries import Standing
from programmes.support.reading import shown_meetings, shown_to_coordinator
from programmes.support.step import STEP

from .standing import ON_A_PAGE, describe


@partnership_page("partnership", "R")
def partnership(request: Visit, partnership: Partnership) -> HttpResponse:
    """A partnership's own page for its partners; for its co-ordinator the same without a word of what was said."""
    today = timezone.localdate()
    meetings = queries.meetings_of(partnership, with_records=request.member is not None)
    closing, planned = queries.closing_of(partnership), list(planned_of(partnership))
    standing = queries.standing_of(partnership, meetings, today, planned=planned, closing=closing)
    context = {
        "closing": closing,
        "larger": is_larger(partnership.model),
        "may_end": may_end_all(partnership, request.person, today),
        "may_rest": may_rest_all(partnership, request.person),
    }
    if request.member is None:
        return render(request, "support/overview.html", context | for_coordinator(request, standing, meetings, closing))
    return render(request, "support/partnership.html", context | for_partner(request, standing, meetings, planned))


def for_coordinator(
    request: Visit, standing: Standing, meetings: list[Meeting], closing: Closing | None
) -> dict[str, Any]:
    """Dates and counts, as far as the partners show them; her own notes; how it ended for whom."""
    partnership, today = request.partnership, timezone.localdate()
    written_at = queries.last_letters([partnership]).get(str(partnership.pk))
    story = day_queries.story_of(partnership, shown_meetings(partnership, meetings))
    return {
        "step": STEP,
        "people": with_parts(partnership, partnership.present_members()),
        "page": Paginator(story, ON_A_PAGE).get_page(request.GET.get("page")),
        "notes": day_queries.notes_of(partnership.programme, partnership)[:ON_A_PAGE],
        **partings(partnership, closing),
        **shown_to_coordinator(describe(standing, today, written_at)),
    }


def for_partner(
    request: Visit, standing: Standing, meetings: list[Meeting], planned: list[PlannedMeeting]
) -> dict[str, Any]:
    """What they wrote, what comes next, whose turn it is; after the end, what they would like then."""
    partnership = request.partnership
    page = Paginator(meetings, ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "wish_form": None if partnership.is_live else wish_form(partnership),
        **describe(standing, timezone.localdate()),
        "entries": [(meeting, getattr(meeting, "record", None)) for meeting in page],
        "others": queries.name_others(partnership, request.person),
        "turn": next_in_turn(partnership) if takes_turns(partnership.model) else None,
        "planned": [(meeting, say_when(meeting, request.person)) for meeting in planned],
    }


def wish_form(partnership: Partnership) -> WishForm:
    wishes = queries.wishes_of(partnership)
    initial = {"wish": wishes[0].wish if wishes else None}
    return WishForm(initial=initial, of_two=not is_larger(partnership.model))


def partings(partnership: Partnership, closing: Closing | None) -> dict[str, Any]:
    """How it ended, and what those said who left before. Two queries, and none while two go on."""
    if partnership.is_live and not is_larger(partnership.model):
        return {}
    said, wishes = queries.endings_of(partnership), queries.wishes_of(partnership)
    left = [member for member in partnership.ordered_members() if member.left_at]
    gone = {member.person_id for member in left}
    return {
        "ending": next((one for one in said if closing and one.ended_by_id == closing.asked_by_id), None),
        "wishes": [wish for wish in wishes if wish.person_id not in gone],
        "leavers": [
            (
                member,
                next((one for one in said if one.ended_by_id == member.person_id), None),
                next((one for one in wishes if one.person_id == member.person_id), None),
            )
            for member in left
        ],
    }


@partnership_page("meeting content", "R")
def record_pdf(request: Visit, partnership: Partnership) -> HttpResponse:
    """The progress record so far, in order of date, for its partners to keep. Rendered when asked for, and not stored."""
    held = [meeting for meeting in reversed(queries.meetings_of(partnership)) if meeting.is_held]
    records, boxes = queries.records_of(held), boxes_of(partnership.programme)
    entries = [(meeting, read_record(meeting, records.get(meeting.pk), boxes)) for meeting in held]
    context = {
        "organisation": request.organisation,
        "programme": partnership.programme,
        "partnership": partnership,
        "entries": entries,
        "minutes": sum(meeting.minutes or 0 for meeting in held),
        "today": timezone.localdate(),
    }
    data = record_as_data(partnership, entries)
    attached = as_data("progress-record.json", data, "The record as data")
    content = documents.render_pdf("support/pdf/record.html", context, title="Progress record", data=attached)
    return pdf_answer(content, f"Progress record {partnership}")
