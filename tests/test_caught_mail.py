"""Whoever tries the demo reads every message it sent, and nothing in a message can do anything."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client

from mentoring.demo.caught import ENVELOPE
from tests.browsing import PHONE, accessibility_faults

HOSTILE = """<html><head><title>x</title></head><body><h1>Dear Mo</h1>
<script>document.body.textContent = "ran"</script><img src="/static/x.png" onerror="parent.document.title='ran'">
<form action="/accounts/login/"><button>Send</button></form>
<a href="https://example.org/agreement">Open your agreement</a></body></html>"""


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.CAUGHT_MAIL = tmp_path
    return tmp_path


@pytest.fixture
def anyone(db) -> Client:
    return Client()


def catch(folder: Path, number: int, *, to: str = "mo@example.org", subject: str = "Your agreement", **parts) -> str:
    message = EmailMessage()
    message[ENVELOPE], message["From"], message["Subject"] = to, "Priya Coordley <priya@example.org>", subject
    message.set_content(parts.get("plain", "Dear Mo,\n\nOpen https://example.org/agreement today."))
    if html := parts.get("html"):
        message.add_alternative(html, subtype="html")
    if attachment := parts.get("attachment"):
        message.add_attachment(attachment, maintype="text", subtype="html", filename="meeting <b>.html")
    name = f"{1_795_000_000_000_000_000 + number:020d}-0123abcd"
    (folder / f"{name}.eml").write_bytes(message.as_bytes())
    return name


def test_messages_are_listed_newest_first(anyone, folder):
    catch(folder, 1, subject="First")
    catch(folder, 2, subject="Second")

    page = anyone.get("/caught-mail/").content.decode()

    assert 0 < page.index("Second") < page.index("First")


def test_messages_are_found_by_recipient(anyone, folder):
    catch(folder, 1, subject="For Mo")
    catch(folder, 2, subject="For Ada", to="Ada@example.org")

    page = anyone.get("/caught-mail/", {"to": "ada@"}).content.decode()

    assert ("For Ada" in page, "For Mo" in page) == (True, False)


def test_many_messages_come_in_pages(anyone, folder):
    for number in range(30):
        catch(folder, number, subject=f"Message {number:02d}")

    page = anyone.get("/caught-mail/", {"page": "2"}).content.decode()

    assert [f"Message {number:02d}" in page for number in (29, 5, 4, 0)] == [False, False, True, True]


def test_text_is_shown_with_links(anyone, folder):
    name = catch(folder, 1, plain="<script>alert(1)</script>\nOpen https://example.org/agreement today.")

    page = anyone.get(f"/caught-mail/{name}/").content.decode()

    assert '<a href="https://example.org/agreement" rel="nofollow">https://example.org/agreement</a>' in page
    assert "<script>alert(1)" not in page


def test_html_cannot_do_anything(anyone, folder):
    answer = anyone.get(f"/caught-mail/{catch(folder, 1, html=HOSTILE)}/html/")

    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "allow-popups allow-popups-to-escape-sandbox",
    }
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_attachment_is_saved_never_shown(anyone, folder):
    name = catch(folder, 1, attachment=b"<script>alert(1)</script>")

    answer = anyone.get(f"/caught-mail/{name}/attachments/1/")

    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["nothing/", "nothing/html/", "nothing/source/", "{name}/html/", "{name}/attachments/2/"]
)
def test_what_is_not_there_is_not_found(anyone, folder, path):
    name = catch(folder, 1)

    assert anyone.get(f"/caught-mail/{path.format(name=name)}").status_code == 404


def test_empty_box_says_what_to_do(anyone, folder):
    assert "Nothing has been sent yet" in anyone.get("/caught-mail/").content.decode()
    assert "No message to sol" in anyone.get("/caught-mail/", {"to": "sol"}).content.decode()


def test_broken_message_can_still_be_read(anyone, folder):
    name = f"{1:020d}-0123abcd"
    (folder / f"{name}.eml").write_bytes(
        b"Subject: =?utf-8?B?broken\r\nContent-Type: text/plain; charset=none\r\n\r\n\xff\xfe"
    )

    pages = [anyone.get(f"/caught-mail/{path}").status_code for path in ("", f"{name}/", f"{name}/source/")]

    assert pages == [200, 200, 200]


def test_browser_shows_the_message_and_runs_none_of_it(new_page, complaints, folder):
    name = catch(folder, 1, html=HOSTILE)
    page = new_page(width=PHONE)
    page.goto(f"/caught-mail/{name}/")

    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Dear Mo").wait_for()

    assert "ran" not in (page.title(), frame.locator("body").inner_text())
    assert (
        frame.get_by_role("link").evaluate("link => link.target || document.querySelector('base').target") == "_blank"
    )
    assert accessibility_faults(page) == []
    assert "sandboxed" in complaints[0]  # the browser says that it ran no script
    complaints.clear()
