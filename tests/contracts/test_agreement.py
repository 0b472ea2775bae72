"""Partners fill in their agreement, sign it and get their contract."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from contracts import actions, queries
from contracts.models import Agreement, Answer, Signature, Version
from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.models import PartnershipState
from tests import cast

from .conftest import WORDS, fill_in, form_of, make_ready, questions, sign_all, sign_as, text_on


def test_partners_agree_through_the_pages(visit, partnership, mentor, mentee):
    me, you = mentee.person, mentor.person

    first = text_on(visit(me, partnership))
    assert "Talk it through, then write it down" in first
    saved = visit(
        me, partnership, "contracts:discuss", **form_of(partnership, me, communication="Thursdays", objectives="A post")
    )
    assert "Saved. Your partner sees it too." in text_on(saved)
    theirs = form_of(
        partnership,
        you,
        confidentiality="all",
        boundaries="None",
        contact_mentor="By e-mail; not on Fridays",
        reading="log",
    )
    assert "How to reach the mentee: Sŵn Menteeova" in text_on(visit(you, partnership, "contracts:discuss", **theirs))
    visit(
        me,
        partnership,
        "contracts:discuss",
        **form_of(partnership, me, contact_mentee="By telephone", reading="rhythm"),
    )
    ready = text_on(visit(me, partnership, "contracts:ready", go="on"))
    assert "Before you sign" in ready
    assert "Thursdays" in ready
    version = Version.objects.get()
    signed = visit(me, partnership, "contracts:sign", sha256=version.sha256, typed_name="Sŵn Menteeova")
    assert "Mor Mentorsen has still to sign" in text_on(signed)
    done = visit(you, partnership, "contracts:sign", sha256=version.sha256, typed_name="Mor Mentorsen")
    assert "Everybody has signed" in text_on(done)

    partnership.refresh_from_db()
    assert (partnership.state, partnership.rhythm_from) == (PartnershipState.ACTIVE, timezone.localdate())
    contract = visit(me, partnership, "contracts:download")
    assert contract.content.startswith(b"%PDF-")
    assert (contract["Content-Type"], contract["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert contract["Content-Disposition"].startswith("attachment; filename")
    assert contract.content == bytes(Agreement.objects.get().contract.content)
    assert [event.what for event in Event.objects.filter(kind="agreement").order_by("at", "id")] == [
        "agreement opened",
        "agreement changed",
        "agreement changed",
        "agreement changed",
        "agreement ready to sign",
        "agreement signed",
        "agreement signed",
        "agreement active",
    ]


def test_opening_the_pages_changes_nothing(visit, partnership, mentee):
    for name in ("contracts:agreement", "contracts:discuss", "contracts:sign"):
        visit(mentee.person, partnership, name)

    assert Agreement.objects.count() == 0
    assert Event.objects.filter(kind="agreement").count() == 0


def test_page_says_who_wrote_what(visit, partnership, mentor, mentee):
    fill_in(partnership)

    page = text_on(visit(mentor.person, partnership))

    day = f"{timezone.localdate():%-d %B %Y}"
    assert f"Written by Sŵn Menteeova, {day}" in page
    assert f"Written by Mor Mentorsen, {day}" in page


def test_partner_cannot_write_the_others_contact_details(visit, partnership, mentor, mentee):
    agreement = fill_in(partnership)
    box = next(box for box in queries.boxes_in(agreement) if box.clause.key == "contact_mentor")

    visit(
        mentee.person,
        partnership,
        "contracts:discuss",
        **{box.name: "elsewhere", f"seen-{box.name}": WORDS["contact_mentor"]},
    )
    with pytest.raises(Refused, match="Each partner fills in their own details"):
        actions.write_answers(
            partnership,
            words={box.name: "elsewhere"},
            seen={box.name: WORDS["contact_mentor"]},
            by=mentee.person,
            now=timezone.now(),
        )

    assert Answer.objects.get(clause="contact_mentor").words == WORDS["contact_mentor"]


def test_two_who_write_in_one_box_are_told_and_nothing_is_lost(visit, partnership, mentor, mentee):
    fill_in(partnership)
    stale = form_of(partnership, mentee.person, objectives="Mine, later")
    visit(
        mentor.person,
        partnership,
        "contracts:discuss",
        **form_of(partnership, mentor.person, objectives="Theirs, first"),
    )

    page = text_on(visit(mentee.person, partnership, "contracts:discuss", **stale))

    assert "Mor Mentorsen changed “Our objectives” while you were writing. It now says: “Theirs, first”." in page
    assert "Mine, later" in page
    assert Answer.objects.get(clause="objectives").words == "Theirs, first"


def test_saving_again_after_a_clash_keeps_ones_own_words(visit, partnership, mentor, mentee):
    fill_in(partnership)
    stale = form_of(partnership, mentee.person, objectives="Mine, later")
    visit(
        mentor.person,
        partnership,
        "contracts:discuss",
        **form_of(partnership, mentor.person, objectives="Theirs, first"),
    )
    visit(mentee.person, partnership, "contracts:discuss", **stale)

    visit(mentee.person, partnership, "contracts:discuss", **{**stale, "seen-objectives": "Theirs, first"})

    assert Answer.objects.get(clause="objectives").words == "Mine, later"


def test_partners_who_write_in_different_boxes_at_once_both_keep_their_words(visit, partnership, mentor, mentee):
    fill_in(partnership)
    stale = form_of(partnership, mentee.person, communication="By video")
    visit(
        mentor.person,
        partnership,
        "contracts:discuss",
        **form_of(partnership, mentor.person, objectives="A post in May"),
    )

    visit(mentee.person, partnership, "contracts:discuss", **stale)

    words = dict(Answer.objects.values_list("clause", "words"))
    assert (words["communication"], words["objectives"]) == ("By video", "A post in May")


def test_signing_twice_is_signing_once(visit, partnership, mentee):
    version = make_ready(partnership)

    for _ in range(2):
        visit(mentee.person, partnership, "contracts:sign", sha256=version.sha256, typed_name="Sŵn Menteeova")

    assert Signature.objects.count() == 1
    with pytest.raises(Refused, match="already signed"):
        sign_as(mentee.person, partnership, version)


def test_signature_needs_a_name(visit, partnership, mentee):
    version = make_ready(partnership)

    page = text_on(visit(mentee.person, partnership, "contracts:sign", sha256=version.sha256, typed_name="  "))

    assert "Type your full name to sign." in page
    assert Signature.objects.count() == 0


def test_ended_partnership_signs_nothing(partnership, mentee):
    version = make_ready(partnership)
    type(partnership).objects.filter(pk=partnership.pk).update(state="ended", ended_at=timezone.now())

    with pytest.raises(Refused, match="has ended"):
        sign_as(mentee.person, partnership, version)


def test_signed_agreement_cannot_be_changed(visit, partnership, mentor):
    agreement = sign_all(partnership)

    visit(mentor.person, partnership, "contracts:discuss", **form_of(partnership, mentor.person, objectives="Other"))
    with pytest.raises(Refused, match="Everybody has signed"):
        actions.write_answers(partnership, words={"objectives": "x"}, seen={}, by=mentor.person, now=timezone.now())

    assert queries.version_in_force(agreement).content["clauses"][3]["answers"][0]["words"] == WORDS["objectives"]


def test_everybody_is_promised_a_copy_with_its_sha256(partnership, mentor, mentee):
    agreement = sign_all(partnership)

    messages = Message.objects.filter(kind="agreement_signed")
    assert {message.to for message in messages} == {mentor.person, mentee.person}
    assert all(agreement.contract.sha256 in message.body for message in messages)
    assert all(partnership.url("contracts:download") in message.body for message in messages)


def test_contact_of_a_party_gets_a_copy_too(partnership, partner_contact, programme, coordinator):
    partner = partner_contact.memberships.get().partner
    actions.name_party(programme, partner=partner, by=coordinator, now=timezone.now())

    sign_all(partnership)

    message = Message.objects.get(kind="agreement_signed", to=partner_contact)
    assert "names your organisation as a party" in message.body


def test_template_that_changes_leaves_agreements_that_were_begun(partnership, programme, coordinator, partner_contact):
    agreement = fill_in(partnership)
    partner = partner_contact.memberships.get().partner

    actions.name_party(programme, partner=partner, by=coordinator, now=timezone.now())

    agreement.refresh_from_db()
    assert agreement.partner is None


def test_group_needs_the_signature_of_every_member(programme, mentor, mentee):
    partnership = cast.make_partnership(programme, mentor, mentee, state=PartnershipState.AGREED)
    third = cast.make_participant(programme, "mentee")
    partnership.members.create(participant=third, person=third.person, role="mentee")
    version = make_ready(partnership)

    people = [member.person for member in partnership.ordered_members()]
    states = []
    for person in people:
        sign_as(person, partnership, version)
        states.append(Agreement.objects.get().state)

    assert states == ["signing", "signing", "active"]
    titles = [box.title for box in queries.boxes_in(queries.agreement_of(partnership))]
    assert sum(title.startswith("How to reach the mentee") for title in titles) == 2


@pytest.mark.parametrize("name", ["contracts:agreement", "contracts:discuss", "contracts:sign"])
def test_pages_ask_the_database_little(sign_in, partnership, mentee, name):
    make_ready(partnership)

    assert len(questions(sign_in(Client(), mentee.person), partnership.url(name))) <= 12


def test_reminder_is_a_draft_to_whoever_has_not_signed(visit, sign_in, partnership, coordinator, mentor, mentee):
    version = make_ready(partnership)
    sign_as(mentee.person, partnership, version)

    for _ in range(2):
        visit(coordinator, partnership, "contracts:remind", go="on")

    message = Message.objects.get(kind="agreement_reminder")
    assert (message.to, message.state) == (mentor.person, "draft")


def test_nobody_is_reminded_of_nothing(partnership, coordinator):
    fill_in(partnership)

    with pytest.raises(Refused, match="does not wait"):
        actions.remind_to_sign(partnership, by=coordinator, now=timezone.now() + datetime.timedelta(days=1))


def test_word_that_never_ends_stays_in_its_box(visit, partnership, mentee):
    long_name, hebrew = "W" * 120, "שלום " * 400
    fill_in(partnership, {**WORDS, "objectives": "x" * 4_000, "boundaries": hebrew})
    with tenancy.directory():
        type(mentee.person).objects.filter(pk=mentee.person.pk).update(name=long_name)

    page = visit(mentee.person, partnership).content.decode()

    assert long_name in page
    assert '<blockquote dir="auto">' in page


def test_how_to_reach_somebody_is_typed_once_in_a_programme(visit, programme, partnership, mentor, mentee):
    """A mentor of two finds it in the second agreement; what the co-ordinator may read is chosen anew, and GET keeps nothing."""
    fill_in(partnership)
    second = cast.make_partnership(
        programme, mentor, cast.make_participant(programme, "mentee"), state=PartnershipState.AGREED, slot=2
    )

    page = visit(mentor.person, second, "contracts:discuss")

    form = page.context["form"]
    [contact] = [box.name for box in form.boxes if box.clause.key == "contact_mentor"]
    [reading] = [box.name for box in form.boxes if box.clause.decides]
    assert (form[contact].value(), form[f"seen-{contact}"].value()) == (WORDS["contact_mentor"], "")
    assert "This is what you wrote in another agreement" in text_on(page)
    assert form[reading].value() == ""
    assert WORDS["contact_mentor"] not in text_on(visit(second.mentees[0].person, second, "contracts:discuss"))
    assert not Answer.objects.filter(agreement__partnership=second).exists()
    visit(mentor.person, second, "contracts:discuss", **{contact: WORDS["contact_mentor"], f"seen-{contact}": ""})
    assert Answer.objects.get(agreement__partnership=second).words == WORDS["contact_mentor"]
