"""Partners act at the same moment, on connections of their own: nothing is lost and nothing happens twice."""

import threading

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from bench.soak.agreements import make_place
from bench.soak.interrupted import kill_everywhere
from contracts import actions, queries
from contracts.models import Agreement, Answer, Signature, Version
from mentoring.documents.models import Document
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.blueprints import load_blueprint
from programmes.models import Partnership, PartnershipState
from tests import cast

from .conftest import WORDS, fill_in, make_ready

ROUNDS = 3


@pytest.fixture
def organisation(transactional_db):
    """An organisation whose rows are committed, so that every connection sees them."""
    return cast.make_organisation("university", name="University of Exampleford")


@pytest.fixture
def partnerships(organisation):
    with tenancy.tenant(organisation):
        programme = cast.make_programme("health-futures", blueprint=load_blueprint("ukrc"))
        return [cast.make_partnership(programme, state=PartnershipState.AGREED) for _ in range(ROUNDS)]


def at_once(*acts):
    """Run all at the same moment, each on a connection of its own; what each gave or raised."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            gate.wait()
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_both_sign_at_once(organisation, partnerships, sign_in):
    with tenancy.tenant(organisation):
        versions = [make_ready(partnership) for partnership in partnerships]
        people = [[member.person for member in partnership.ordered_members()] for partnership in partnerships]
        urls = [partnership.url("contracts:sign") for partnership in partnerships]

    def signer(person, url, version):
        client = sign_in(Client(), person)
        return lambda: client.post(url, {"sha256": version.sha256, "typed_name": str(person)}).status_code

    for pair, url, version in zip(people, urls, versions, strict=True):
        assert at_once(*(signer(person, url, version) for person in pair)) == [302, 302]

    with tenancy.tenant(organisation):
        assert [agreement.state for agreement in Agreement.objects.all()] == ["active"] * ROUNDS
        assert {partnership.state for partnership in Partnership.objects.all()} == {"active"}
        assert Signature.objects.count() == 2 * ROUNDS
        assert Document.objects.filter(kind="signed agreement").count() == ROUNDS
        assert Message.objects.filter(kind="agreement_signed").count() == 2 * ROUNDS


def test_one_who_presses_twice_signs_once(organisation, partnerships, sign_in):
    with tenancy.tenant(organisation):
        version, person = make_ready(partnerships[0]), partnerships[0].mentees[0].person
        url = partnerships[0].url("contracts:sign")
    clients = [sign_in(Client(), person) for _ in range(2)]

    at_once(*(lambda c=c: c.post(url, {"sha256": version.sha256, "typed_name": "Me"}) for c in clients))

    with tenancy.tenant(organisation):
        assert Signature.objects.count() == 1


def test_both_get_it_ready_at_once(organisation, partnerships):
    partnership = partnerships[0]
    with tenancy.tenant(organisation):
        fill_in(partnership)
        people = [member.person for member in partnership.ordered_members()]

    def make(person):
        with tenancy.tenant(organisation, person):
            return actions.make_version(partnership, by=person, now=timezone.now()).pk

    made = at_once(*(lambda person=person: make(person) for person in people))

    assert made[0] == made[1]
    with tenancy.tenant(organisation):
        assert Version.objects.count() == 1


def test_both_begin_writing_at_once(organisation, partnerships):
    partnership = partnerships[0]
    with tenancy.tenant(organisation):
        people = [member.person for member in partnership.ordered_members()]

    def write(person, key):
        with tenancy.tenant(organisation, person):
            actions.write_answers(partnership, words={key: WORDS[key]}, seen={}, by=person, now=timezone.now())

    at_once(lambda: write(people[0], "communication"), lambda: write(people[1], "objectives"))

    with tenancy.tenant(organisation):
        assert Agreement.objects.count() == 1
        assert set(Answer.objects.values_list("clause", flat=True)) == {"communication", "objectives"}


def test_change_and_signature_at_once_leave_no_signature_under_other_words(organisation, partnerships):
    """Whichever comes first: either the signature was taken back, or it was refused. Never is it under the new words."""
    outcomes = []
    for partnership in partnerships:
        with tenancy.tenant(organisation):
            version = make_ready(partnership)
            mentee, mentor = partnership.mentees[0].person, partnership.mentors[0].person

        def change(partnership=partnership, mentor=mentor):
            seen = {"objectives": WORDS["objectives"]}
            with tenancy.tenant(organisation, mentor):
                actions.write_answers(
                    partnership, words={"objectives": "Other"}, seen=seen, by=mentor, now=timezone.now()
                )

        def sign(partnership=partnership, mentee=mentee, version=version):
            with tenancy.tenant(organisation, mentee):
                actions.sign_agreement(
                    partnership, sha256=version.sha256, typed_name="Me", by=mentee, now=timezone.now()
                )

        changed, signed = at_once(change, sign)
        with tenancy.tenant(organisation):
            agreement = queries.agreement_of(partnership)
            outcomes.append((changed, queries.version_in_force(agreement), agreement.state))
            assert signed is None or "changed after you opened" in str(signed)

    assert outcomes == [(None, None, "discussing")] * ROUNDS


def test_whoever_is_killed_while_signing_has_signed_nothing(transactional_db):
    """Here before and after some statements; `make soak` kills at every one, and four kinds of signers."""
    place = make_place("interrupted")

    outcome = kill_everywhere("the last to sign", place, place, step=40)

    assert (outcome.halves, outcome.whole) == (0, 2)
    assert outcome.kills >= 4
