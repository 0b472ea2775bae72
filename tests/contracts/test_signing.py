"""Signing, declining, signing on paper, being reminded: who may, how it stands, and what each is told."""

import datetime
import hashlib
import html
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from contracts import queries
from contracts.models import Agreement, Decline, PaperCopy, Signature
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from mentoring.outbox.rechecks import still_wanted
from mentoring.outbox.sweeps import sweep_organisation
from tests import cast
from tests.documents.reading import picture_of, text_of

from . import scans
from .conftest import WORDS, fill_in, make_ready, sign_as, text_on

DAY = datetime.timedelta(days=1)


def test_partner_declines_kindly_and_the_others_hear_why(visit, partnership, mentor, mentee, coordinator):
    version = make_ready(partnership)
    sign_as(mentor.person, partnership, version)

    done = visit(
        mentee.person, partnership, "contracts:decline", sha256=version.sha256, reason="Fridays do not work", told="all"
    )

    assert "Thank you for saying so." in text_on(done)
    assert "Other words are wanted" in text_on(done)
    page = text_on(visit(mentor.person, partnership))
    assert "Sŵn Menteeova would rather not sign" in page
    assert "Fridays do not work" in page
    assert Agreement.objects.get().state == "declined"
    told = {message.to: message.body for message in Message.objects.filter(kind__startswith="agreement_declined")}
    assert set(told) == {mentor.person, coordinator}
    assert all("Fridays do not work" in body for body in told.values())
    version.refresh_from_db()
    assert version.voided_at


def test_reason_for_the_coordinator_alone_is_kept_from_the_partner_by_the_database(
    visit, organisation, partnership, mentor, mentee, coordinator
):
    version = make_ready(partnership)

    visit(mentee.person, partnership, "contracts:decline", sha256=version.sha256, reason="I am uneasy", told="few")

    assert "uneasy" not in text_on(visit(mentor.person, partnership))
    assert "uneasy" in text_on(visit(coordinator, partnership))
    assert "uneasy" not in Message.objects.get(kind="agreement_declined").body
    with tenancy.tenant(organisation, mentor.person):
        assert Decline.objects.count() == 0
    with tenancy.tenant(organisation, coordinator):
        assert Decline.objects.count() == 1


def test_declined_agreement_goes_on_when_it_is_changed(visit, partnership, mentor, mentee):
    version = make_ready(partnership)
    visit(mentee.person, partnership, "contracts:decline", sha256=version.sha256, reason="Other words", told="all")

    fill_in(partnership, {**WORDS, "objectives": "Something that I can reach"})

    assert Agreement.objects.get().state == "discussing"


def test_decline_needs_a_sentence_and_an_open_version(visit, partnership, mentor, mentee):
    version = make_ready(partnership)

    page = text_on(visit(mentee.person, partnership, "contracts:decline", sha256=version.sha256, reason="", told="all"))
    assert "Write a sentence, so that it can be changed." in page
    late = visit(mentee.person, partnership, "contracts:decline", sha256="0" * 64, reason="No", told="all")
    assert "The agreement was changed after you opened this page." in text_on(late)
    sign_as(mentee.person, partnership, version)
    visit(mentee.person, partnership, "contracts:decline", sha256=version.sha256, reason="No", told="all")
    assert Decline.objects.count() == 0


@pytest.mark.parametrize("name", ["contracts:sign", "contracts:decline", "contracts:confirm"])
def test_nobody_opens_a_signing_page_for_another(
    sign_in, programme, partnership, administrator, coordinator, sponsor, partner_contact, outsider, name
):
    version = make_ready(partnership)
    support = cast.make_person("Sam Support", is_platform_administrator=True)
    others = cast.make_partnership(programme, state="agreed")

    for person in (administrator, coordinator, sponsor, partner_contact, outsider, support, others.mentors[0].person):
        client, url = sign_in(Client(), person), partnership.url(name)
        assert client.get(url).status_code == 404
        form = {"sha256": version.sha256, "typed_name": "Sŵn Menteeova", "reason": "No", "told": "all"}
        assert client.post(url, form).status_code == 404
    assert (Signature.objects.count(), Decline.objects.count()) == (0, 0)


def test_somebody_who_signed_in_long_ago_proves_it_again_first(visit, sign_in, partnership, mentee):
    version = make_ready(partnership)
    client = sign_in(Client(), mentee.person)
    session = client.session
    long_ago = (timezone.now() - 3 * DAY).timestamp()
    session["account_authentication_methods"] = [{"method": "password", "at": long_ago}]
    session.save()

    answer = client.post(partnership.url("contracts:sign"), {"sha256": version.sha256, "typed_name": "Me"})

    assert answer.url.startswith("/accounts/reauthenticate/")
    assert Signature.objects.count() == 0


def test_signature_says_how_and_when_the_person_had_signed_in(sign_in, partnership, mentee):
    version = make_ready(partnership)
    client = sign_in(Client(), mentee.person)
    session = client.session
    at = timezone.now() - datetime.timedelta(minutes=5)
    session["account_authentication_methods"] = [
        {"method": "password", "at": at.timestamp()},
        {"method": "mfa", "type": "totp", "at": at.timestamp()},
    ]
    session.save()

    client.get(partnership.url("contracts:version"))
    page = client.get(partnership.url("contracts:sign"))
    opened = page.context["form"]["opened"].value()
    form = {"sha256": version.sha256, "typed_name": "Sŵn Menteeova", "opened": opened}
    client.post(partnership.url("contracts:sign"), form)

    signature = Signature.objects.get()
    assert signature.signed_in_by == "password and code of an authenticator app"
    assert abs(signature.signed_in_at - at) < datetime.timedelta(seconds=1)
    assert signature.file_opened_at <= signature.opened_at <= signature.signed_at
    assert signature.session == hashlib.sha256(session.session_key.encode()).hexdigest()
    assert signature.consent in html.unescape(text_on(page))
    assert signature.statement in html.unescape(text_on(page))
    assert (signature.way, signature.language) == ("typed", "en-gb")


def picture():
    drawn = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(drawn, "PNG")
    return drawn.getvalue()


def send_scan(sign_in, person, partnership, content, name="scan.png"):
    client = sign_in(Client(), person)
    return client.post(partnership.url("contracts:paper"), {"scan": SimpleUploadedFile(name, content)}, follow=True)


def test_agreement_is_signed_on_paper(visit, sign_in, partnership, mentor, mentee, coordinator):
    make_ready(partnership)

    kept = send_scan(sign_in, coordinator, partnership, picture())
    assert "The scan is kept. Each partner is asked whether the signature is theirs." in text_on(kept)
    scan = PaperCopy.objects.get()
    assert {message.to for message in Message.objects.filter(kind="agreement_scanned")} == {
        mentor.person,
        mentee.person,
    }
    assert Signature.objects.count() == 0
    assert "Is this your signature?" in text_on(visit(mentee.person, partnership))
    seen = visit(mentee.person, partnership, "contracts:scan")
    assert Image.open(io.BytesIO(seen.content)).size == (40, 40)
    assert seen["X-Content-Type-Options"] == "nosniff"
    assert seen["Content-Disposition"].startswith("attachment")
    for person in (mentee.person, mentor.person):
        visit(person, partnership, "contracts:confirm", sha256=scan.sha256)

    assert [signature.way for signature in Signature.objects.all()] == ["paper", "paper"]
    assert Agreement.objects.get().state == "active"


def test_scan_is_kept_as_its_pages_and_nothing_that_came_with_them(sign_in, visit, partnership, mentee, coordinator):
    version = make_ready(partnership)
    printed = bytes(version.document.content)
    sent = scans.armed(printed)
    assert set(scans.ACTS) - {"/XFA"} <= scans.names_in(sent)

    assert "The scan is kept." in text_on(send_scan(sign_in, coordinator, partnership, sent, "scan.pdf"))
    kept = visit(mentee.person, partnership, "contracts:scan").content

    assert scans.names_in(kept) & {*scans.ACTS, "/Names", "/Metadata", "/StructTreeRoot", "Somebody Hidden"} == set()
    assert b"carried along" not in kept
    assert PdfReader(io.BytesIO(kept)).attachments == {}
    assert text_of(kept) == text_of(printed)
    assert picture_of(kept, 2).tobytes() == picture_of(printed, 2).tobytes()


def test_photograph_is_kept_upright_and_says_nothing_of_its_place(sign_in, visit, partnership, mentee, coordinator):
    make_ready(partnership)

    send_scan(sign_in, coordinator, partnership, scans.photograph(), "scan.jpg")
    kept = visit(mentee.person, partnership, "contracts:scan").content

    drawn = Image.open(io.BytesIO(kept))
    assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (20, 40), {})
    assert b"kitchen" not in kept
    assert b"script" not in kept


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"<script>alert(1)</script>", "This file cannot be read here."),
        (b"\x89PNG\r\n\x1a\nnot a picture", "This file cannot be read here."),
        (b"%PDF-1.7 without an end", "This file cannot be read here."),
        (b"MZ\x90 a programme", "This file cannot be read here."),
        (scans.locked(scans.blank()), "A PDF must not ask for a password"),
        (b"%PDF-1.7" + b" " * 8_000_001 + b"%%EOF", "Send one of at most 8 MB."),
    ],
    ids=["script", "broken picture", "half a PDF", "programme", "locked", "too large"],
)
def test_scan_that_is_none_is_refused(sign_in, partnership, coordinator, content, answer):
    make_ready(partnership)

    assert answer in text_on(send_scan(sign_in, coordinator, partnership, content, "scan.pdf"))
    assert PaperCopy.objects.count() == 0


def test_partner_cannot_keep_a_scan(sign_in, partnership, mentor, outsider):
    make_ready(partnership)

    for person in (mentor.person, outsider):
        client = sign_in(Client(), person)
        scan = {"scan": SimpleUploadedFile("scan.png", picture())}
        assert client.post(partnership.url("contracts:paper"), scan).status_code == 404
    assert PaperCopy.objects.count() == 0


def test_scan_of_an_earlier_version_confirms_nothing(visit, sign_in, partnership, mentee, coordinator):
    make_ready(partnership)
    send_scan(sign_in, coordinator, partnership, picture())
    scan = PaperCopy.objects.get()
    fill_in(partnership, {**WORDS, "objectives": "Something else"})

    visit(mentee.person, partnership, "contracts:confirm", sha256=scan.sha256)

    assert Signature.objects.count() == 0


def swept(partnership, days):
    now = timezone.now() + days * DAY
    before = set(Message.objects.values_list("pk", flat=True))
    sweep_organisation(partnership.organisation_id, now)
    sweep_organisation(partnership.organisation_id, now)
    written = Message.objects.filter(kind__startswith="agreement_").exclude(pk__in=before)
    return {(message.kind, str(message.to)) for message in written}


def test_who_has_not_signed_is_reminded_three_times_and_then_the_coordinator_is(
    partnership, mentor, mentee, coordinator
):
    version = make_ready(partnership)
    sign_as(mentee.person, partnership, version)

    found = {day: swept(partnership, day) for day in (1, 2, 3, 4, 7, 14, 15, 21, 22, 60)}

    mor = {("agreement_reminder", "Mor Mentorsen")}
    priya = {("agreement_unsigned", "Priya Coordley")}
    assert found == {1: set(), 2: set(), 3: mor, 4: set(), 7: mor, 14: mor, 15: set(), 21: priya, 22: set(), 60: set()}
    assert "Mor Mentorsen has not signed it" in Message.objects.get(kind="agreement_unsigned").body
    reminders = Message.objects.filter(kind__in=["agreement_reminder", "agreement_unsigned"])
    assert {(one.by_day, 8 <= timezone.localtime(one.due_at).hour < 20) for one in reminders} == {(True, True)}


def test_late_sweep_writes_one_letter_and_signing_takes_it_back(partnership, mentor, mentee):
    version = make_ready(partnership)
    sign_as(mentee.person, partnership, version)

    assert swept(partnership, 9) == {("agreement_reminder", "Mor Mentorsen")}
    message = Message.objects.get(kind="agreement_reminder")
    assert still_wanted(message)
    sign_as(mentor.person, partnership, version)
    assert not still_wanted(message)
    assert swept(partnership, 14) == set()


def test_nobody_is_reminded_of_what_was_changed_or_has_ended(partnership, mentee):
    make_ready(partnership)
    fill_in(partnership, {**WORDS, "objectives": "Something else"})
    assert swept(partnership, 30) == set()

    make_ready(partnership, {**WORDS, "objectives": "Something else"})
    type(partnership).objects.filter(pk=partnership.pk).update(state="ended", ended_at=timezone.now())
    assert swept(partnership, 30) == set()


def test_database_refuses_a_paper_signature_without_its_scan(organisation, partnership, mentee):
    version = make_ready(partnership)

    with (
        pytest.raises(IntegrityError, match="signature_has_what_its_way_needs"),
        transaction.atomic(),
        tenancy.tenant(organisation, mentee.person),
    ):
        Signature.objects.create(
            version=version,
            sha256=version.sha256,
            member=partnership.mentees[0],
            person=mentee.person,
            way="paper",
            typed_name="x",
            printed_name="x",
            email="x@example.org",
            role="mentee",
            statement="x",
        )


def test_signing_after_the_end_says_why_not(visit, partnership, mentee):
    version = make_ready(partnership)
    type(partnership).objects.filter(pk=partnership.pk).update(state="ended", ended_at=timezone.now())

    page = text_on(visit(mentee.person, partnership, "contracts:sign", sha256=version.sha256, typed_name="Me"))

    assert "This partnership has ended, so its agreement can no longer be changed or signed." in page
    assert queries.signatures_under(version) == []


def test_signing_twice_says_that_it_is_done(visit, partnership, mentee):
    version = make_ready(partnership)
    form = {"sha256": version.sha256, "typed_name": "Sŵn Menteeova"}

    visit(mentee.person, partnership, "contracts:sign", **form)
    page = text_on(visit(mentee.person, partnership, "contracts:sign", **form))

    assert "You have already signed this agreement." in page
