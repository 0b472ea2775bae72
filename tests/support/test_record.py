"""The progress record: a PDF for its partners, and what is left to read after the end."""

import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from programmes.models import PartnershipState

from .conftest import CANARY


def text_of(answer):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


@pytest.fixture
def records(partnership, mentee, mentor, log_meeting, days_ago):
    log_meeting(partnership, days_ago(10), by=mentee.person, answers={"topics": "Second thing: Cŵn"}, next_step="")
    log_meeting(
        partnership, days_ago(40), by=mentor.person, answers={"topics": "First thing"}, minutes=45, medium="phone"
    )


def test_partners_keep_the_record_in_order_of_date_with_nobodys_reflections(
    client, sign_in, partnership, records, mentee, mentor
):
    for partner in (mentee, mentor):
        answer = sign_in(client, partner.person).get(partnership.url("support:record_pdf"))

        words = text_of(answer)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Content-Disposition"] == (
            "attachment; filename*=utf-8''progress-record-s%C5%B5n-menteeova-and-mor-mentorsen.pdf"
        )
        assert words.index("First thing") < words.index("Second thing: Cŵn")
        assert "2, 105 minutes in all" in words
        assert "Sŵn Menteeova" in words
        assert f"{CANARY} next" in words
        assert "in my own head" not in words


def test_a_record_without_meetings_says_so(client, sign_in, partnership, mentee):
    words = text_of(sign_in(client, mentee.person).get(partnership.url("support:record_pdf")))

    assert "No meeting has been logged yet." in words


def test_after_the_end_partners_read_what_they_wrote_and_write_no_more(
    client, sign_in, partnership, records, mentee, mentor
):
    partnership.state, partnership.ended_at = PartnershipState.ENDED, timezone.now()
    partnership.save()
    meeting = partnership.meetings.get(logged_by=mentee.person)
    address = partnership.url("support:meeting", pk=meeting.pk)

    own = sign_in(client, mentee.person).get(address).content.decode()
    theirs = sign_in(client, mentor.person).get(address).content.decode()

    assert "Second thing: Cŵn" in own
    assert "Second thing: Cŵn" in theirs
    assert f"{CANARY} in my own head" in own
    assert f"{CANARY} in my own head" not in theirs
    assert "<textarea" not in own
    assert text_of(client.get(partnership.url("support:record_pdf")))
