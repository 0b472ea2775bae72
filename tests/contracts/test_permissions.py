"""Nobody signs for another, and nobody reads a contract that is not theirs to read."""

import re

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from contracts import actions, queries
from contracts.models import Agreement, Signature, Version
from mentoring.organisations import tenancy
from mentoring.organisations.models import Role
from mentoring.refusal import Refused
from tests import cast

from .conftest import fill_in, make_ready, questions, sign_all, sign_as

PAGES = ["agreement", "discuss", "ready", "sign", "remind", "version", "download"]
NOT_FOUND = 404


@pytest.fixture
def other_mentor(programme):
    """A mentor of the same programme, in another partnership."""
    participant = cast.make_participant(programme, "mentor")
    cast.make_partnership(programme, mentor=participant)
    return participant


def answer(sign_in, person, partnership, name, post=False):
    client = sign_in(Client(), person)
    url = partnership.url(f"contracts:{name}")
    return (client.post(url, {"typed_name": "x", "sha256": "0" * 64}) if post else client.get(url)).status_code


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["administrator", "sponsor", "outsider", "other_mentor", "partner_contact"])
def test_strangers_to_a_partnership_find_nothing(sign_in, request, partnership, who, name):
    person = request.getfixturevalue(who)
    person = getattr(person, "person", person)
    sign_all(partnership)

    assert answer(sign_in, person, partnership, name) == NOT_FOUND
    assert answer(sign_in, person, partnership, name, post=True) == NOT_FOUND


@pytest.mark.parametrize("name", ["discuss", "ready", "sign"])
def test_coordinator_can_neither_write_nor_sign(sign_in, partnership, coordinator, name):
    make_ready(partnership)

    assert answer(sign_in, coordinator, partnership, name) == NOT_FOUND
    assert answer(sign_in, coordinator, partnership, name, post=True) == NOT_FOUND
    assert Signature.objects.count() == 0


@pytest.mark.parametrize("name", ["agreement", "version", "download"])
def test_coordinator_reads(sign_in, partnership, coordinator, name):
    sign_all(partnership)

    assert answer(sign_in, coordinator, partnership, name) == 200


def test_coordinator_who_is_a_partner_has_no_coordinators_rights_over_her_own(sign_in, programme, coordinator, mentee):
    own = cast.make_participant(programme, "mentor", coordinator)
    partnership = cast.make_partnership(programme, own, mentee, state="agreed")
    make_ready(partnership)

    assert answer(sign_in, coordinator, partnership, "sign") == 200
    assert answer(sign_in, coordinator, partnership, "remind", post=True) == NOT_FOUND


def test_contact_of_another_organisation_than_the_party_finds_nothing(sign_in, programme, coordinator, partnership):
    named, other = cast.make_person(), cast.make_person()
    partner = cast.give_role(named, Role.PARTNER, programme, partner="County Hospital").partner
    cast.give_role(other, Role.PARTNER, programme, partner="Other Hospital")
    actions.name_party(programme, partner=partner, by=coordinator, now=timezone.now())
    sign_all(partnership)

    assert answer(sign_in, named, partnership, "download") == 200
    assert answer(sign_in, other, partnership, "download") == NOT_FOUND
    assert answer(sign_in, named, partnership, "agreement") == NOT_FOUND


def test_contact_of_a_party_finds_the_contracts_that_name_it_and_no_others(
    sign_in, programme, coordinator, partner_contact, partnership, mentor, mentee, outsider
):
    partner = partner_contact.memberships.get().partner
    other = cast.make_person("Olive Other")
    cast.give_role(other, Role.PARTNER, programme, partner="Another Hospital")
    actions.name_party(programme, partner=partner, by=coordinator, now=timezone.now())
    contract = sign_all(partnership).contract
    home, listed = programme.url("programmes:home"), programme.url("contracts:named")
    contact = sign_in(Client(), partner_contact)

    page = contact.get(home, follow=True).content.decode()

    assert len(questions(contact, listed)) <= 12
    assert "Sŵn Menteeova and Mor Mentorsen" in page
    [address] = re.findall(r'href="([^"]+/contracts/[^"]+/contracts/[^"]+)"', page)
    assert contact.get(address).content == bytes(contract.content)
    assert "No contract yet" in sign_in(Client(), other).get(listed).content.decode()
    assert sign_in(Client(), other).get(address).status_code == 404
    assert [sign_in(Client(), one).get(listed).status_code for one in (mentee.person, coordinator, outsider)] == [
        404
    ] * 3


def test_visitor_is_asked_to_sign_in(partnership):
    sign_all(partnership)

    response = Client().get(partnership.url("contracts:download"))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_contract_of_another_partnership_cannot_be_reached_by_its_id(sign_in, programme, partnership, mentee):
    other = cast.make_partnership(programme, state="agreed")
    sign_all(other)

    assert answer(sign_in, mentee.person, other, "download") == NOT_FOUND


def test_there_is_no_contract_before_all_have_signed(sign_in, partnership, mentee):
    version = make_ready(partnership)
    sign_as(mentee.person, partnership, version)

    assert answer(sign_in, mentee.person, partnership, "download") == NOT_FOUND


def test_partner_cannot_sign_in_the_others_name(partnership, mentor, mentee):
    version = make_ready(partnership)

    sign_as(mentee.person, partnership, version, name="Mor Mentorsen")

    signature = Signature.objects.get()
    assert (signature.person, signature.printed_name) == (mentee.person, "Sŵn Menteeova")


def insert_signature(version, member, person, **other):
    fields = {
        "version": version,
        "sha256": version.sha256,
        "member": member,
        "person": person,
        "typed_name": "x",
        "printed_name": "x",
        "email": "x@example.org",
        "role": member.role,
        "statement": "x",
        **other,
    }
    return Signature.objects.create(**fields)


def test_database_refuses_a_signature_from_somebody_elses_request(organisation, partnership, coordinator):
    version, member = make_ready(partnership), partnership.mentees[0]

    for asking in (coordinator, partnership.mentors[0].person, None):
        with (
            pytest.raises(IntegrityError, match="nobody signs for another"),
            transaction.atomic(),
            tenancy.within(tenancy.Context(organisation=organisation.pk, person=asking and asking.pk)),
        ):
            insert_signature(version, member, member.person)


def test_database_refuses_a_signature_of_somebody_who_is_no_partner(organisation, partnership, coordinator):
    version, member = make_ready(partnership), partnership.mentees[0]

    with (
        pytest.raises(IntegrityError, match="not this person"),
        transaction.atomic(),
        tenancy.tenant(organisation, coordinator),
    ):
        insert_signature(version, member, coordinator)


def test_database_refuses_a_signature_under_a_void_version(organisation, partnership, mentee):
    version, member = make_ready(partnership), partnership.mentees[0]
    Version.objects.filter(pk=version.pk).update(voided_at=timezone.now())

    with (
        pytest.raises(IntegrityError, match="not this person"),
        transaction.atomic(),
        tenancy.tenant(organisation, mentee.person),
    ):
        insert_signature(version, member, mentee.person)


def test_database_refuses_a_signature_that_names_another_text(organisation, partnership, mentee):
    version, member = make_ready(partnership), partnership.mentees[0]

    def sign_another_text():
        insert_signature(version, member, mentee.person, sha256="0" * 64)
        check_now()

    with (
        pytest.raises(IntegrityError, match="signature_is_of_the_text_read"),
        transaction.atomic(),
        tenancy.tenant(organisation, mentee.person),
    ):
        sign_another_text()


def check_now() -> None:
    """Composite keys are looked at when a transaction ends; here, at once."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_database_refuses_a_second_signature(organisation, partnership, mentee):
    version, member = make_ready(partnership), partnership.mentees[0]
    sign_as(mentee.person, partnership, version)

    with (
        pytest.raises(IntegrityError, match="signature_once"),
        transaction.atomic(),
        tenancy.tenant(organisation, mentee.person),
    ):
        insert_signature(version, member, mentee.person)


def test_database_refuses_an_active_agreement_that_somebody_has_not_signed(partnership, mentee):
    version = make_ready(partnership)
    sign_as(mentee.person, partnership, version)

    with pytest.raises(IntegrityError, match="not everybody has signed"), transaction.atomic():
        Agreement.objects.update(state="active", active_at=timezone.now(), contract=version.document)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Signature.objects.update(typed_name="Another"),
        lambda: Signature.objects.all().delete(),
        lambda: Version.objects.update(content={}),
        lambda: Version.objects.update(sha256="0" * 64),
        lambda: Version.objects.all()._raw_delete("default"),
    ],
)
def test_database_refuses_to_change_what_was_signed(partnership, change):
    sign_all(partnership)

    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_co_ordinator_cannot_act_as_a_partner_by_any_action(partnership, coordinator):
    version = make_ready(partnership)

    with pytest.raises(Refused, match="Only the partners themselves"):
        sign_as(coordinator, partnership, version)
    with pytest.raises(Refused, match="Only the partners themselves"):
        actions.make_version(partnership, by=coordinator, now=timezone.now())
    with pytest.raises(Refused, match="Only the partners themselves"):
        actions.write_answers(partnership, words={}, seen={}, by=coordinator, now=timezone.now())


def test_person_of_another_organisation_sees_no_agreement(partnership, outsider):
    fill_in(partnership)

    with tenancy.visitor(outsider):
        elsewhere = outsider.memberships.first().organisation
    with tenancy.tenant(elsewhere, outsider):
        assert queries.agreement_of(partnership) is None
