"""A version is offered for signature; whatever changes makes another, which everybody signs again."""

from django.utils import timezone

from contracts import actions
from contracts.models import Agreement, Signature, Version
from mentoring.documents.models import Seal
from mentoring.outbox.models import Message

from .conftest import WORDS, fill_in, form_of, make_ready, sign_as, text_on


def test_agreement_with_an_empty_box_cannot_be_made_ready(visit, partnership, mentee):
    fill_in(partnership, {**WORDS, "boundaries": ""})

    page = text_on(visit(mentee.person, partnership, "contracts:ready", go="on"))

    assert "Before you can sign, fill in “Limits either of us wants”." in page
    assert Version.objects.count() == 0


def test_ready_twice_makes_one_version(partnership, mentor, mentee):
    first = make_ready(partnership)

    again = actions.make_version(partnership, by=mentor.person, now=timezone.now())

    assert again == first
    assert Version.objects.count() == 1


def test_other_partner_is_told_that_it_is_ready(partnership, mentor):
    version = make_ready(partnership)

    message = Message.objects.get(kind="agreement_ready")
    assert message.to == mentor.person
    assert message.subject == "Ready to sign: your mentoring agreement with Sŵn Menteeova"
    assert partnership.url("contracts:agreement") in message.body
    assert version.sha256 == version.document.sha256


def test_change_after_a_signature_takes_it_back_and_says_so(visit, partnership, mentor, mentee):
    version = make_ready(partnership)
    sign_as(mentee.person, partnership, version)
    assert "1 of you has signed" in text_on(visit(mentor.person, partnership, "contracts:discuss"))

    visit(
        mentor.person,
        partnership,
        "contracts:discuss",
        **form_of(partnership, mentor.person, objectives="Something else"),
    )

    version.refresh_from_db()
    assert version.voided_at
    assert Agreement.objects.get().state == "discussing"
    message = Message.objects.get(kind="agreement_changed")
    assert message.to == mentee.person
    assert "no longer counts" in message.body
    assert Seal.objects.get(sha256=version.sha256).state == "replaced"
    assert Signature.objects.count() == 1  # kept, under the version that is void
    page = text_on(visit(mentee.person, partnership))
    assert "Your signature no longer counts" in page
    assert page.count("Changed since you signed") == 1
    assert page.index("Our objectives</h2>") < page.index("Changed since you signed") < page.index("Something else")
    assert "no longer counts" not in text_on(visit(mentor.person, partnership))
    actions.make_version(partnership, by=mentor.person, now=timezone.now())
    page = text_on(visit(mentee.person, partnership, "contracts:sign"))
    assert "Read version 2, and sign it if it says what you mean." in page
    assert page.count("Changed since you signed") == 1


def test_saving_without_a_change_keeps_signatures(visit, partnership, mentor, mentee):
    version = make_ready(partnership)
    sign_as(mentee.person, partnership, version)

    visit(mentor.person, partnership, "contracts:discuss", **form_of(partnership, mentor.person))

    version.refresh_from_db()
    assert version.voided_at is None


def test_new_version_needs_everybodys_signature_again(partnership, mentor, mentee):
    first = make_ready(partnership)
    sign_as(mentee.person, partnership, first)
    fill_in(partnership, {**WORDS, "objectives": "Something else"})
    second = actions.make_version(partnership, by=mentor.person, now=timezone.now())

    sign_as(mentor.person, partnership, second)

    assert (second.number, Agreement.objects.get().state) == (2, "signing")
    sign_as(mentee.person, partnership, second)
    assert Agreement.objects.get().state == "active"


def test_old_page_cannot_sign_new_words(visit, partnership, mentor, mentee):
    old = make_ready(partnership)
    fill_in(partnership, {**WORDS, "objectives": "Something else"})
    actions.make_version(partnership, by=mentor.person, now=timezone.now())

    page = text_on(visit(mentee.person, partnership, "contracts:sign", sha256=old.sha256, typed_name="Sŵn"))

    assert "The agreement was changed after you opened this page. Read it again before you sign." in page
    assert Signature.objects.count() == 0
