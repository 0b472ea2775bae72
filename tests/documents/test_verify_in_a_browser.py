"""A browser that can compare a file by itself sends none of it, and names the people whom only the file knows."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from mentoring.documents import new_code, render_pdf, store_document
from mentoring.documents.attachments import as_data
from mentoring.organisations import tenancy
from tests import cast
from tests.browsing import PHONE, accessibility_faults

PEOPLE = [{"name": "Sŵn Menteeova", "role": "mentee", "on": "3 May 2026"}]


@pytest.fixture
def note(web: str) -> bytes:
    """A sealed document, on a real server."""
    with tenancy.tenant(cast.make_organisation("university", name="University of Exampleford")):
        code = new_code()
        content = render_pdf(
            "documents/pdf/base.html", {"code": code}, title="A note", data=as_data("note.json", {}, "A note as data")
        )
        document = store_document(
            kind="note", title="", content=content, code=code, by=None, at=timezone.now(), sealed=True, people=PEOPLE
        )
        return bytes(document.content)


def choose(page: Page, address: str, content: bytes) -> list[Request]:
    """Check this file; what the browser posted."""
    posted: list[Request] = []
    page.on("request", lambda request: posted.append(request) if request.method == "POST" else None)
    page.goto(f"{address}/verify/")
    page.set_input_files("input[name=file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": content})
    page.get_by_role("button", name="Check").click()
    return posted


def test_file_stays_in_the_browser_and_its_people_are_named(web, note, new_page: Callable[..., Page]) -> None:
    page = new_page(width=PHONE)

    posted = choose(page, web, note)

    expect(page.get_by_text("Genuine", exact=True)).to_be_visible()
    expect(page.get_by_text("Sŵn Menteeova, mentee, on 3 May 2026")).to_be_visible()
    expect(page.get_by_text("University of Exampleford")).to_be_visible()
    assert len(posted) == 1
    assert b"%PDF" not in (posted[0].post_data_buffer or b"")
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('names ')).length") == 0


def test_changed_file_is_called_changed_by_the_browser_too(web, note, page: Page) -> None:
    choose(page, web, note + b"\n")

    expect(page.get_by_text("Changed", exact=True)).to_be_visible()
    expect(page.get_by_text("Sŵn Menteeova")).to_have_count(0)


def test_without_scripts_the_file_is_sent_and_looked_at(web, note, new_page: Callable[..., Page]) -> None:
    page = new_page(scripts=False)

    posted = choose(page, web, note)

    expect(page.get_by_text("Genuine", exact=True)).to_be_visible()
    expect(page.get_by_text("Sŵn Menteeova, mentee, on 3 May 2026")).to_be_visible()
    assert len(posted) == 1
