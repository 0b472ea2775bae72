"""A co-ordinator matches people: reasons in words, nothing sent before she confirms, places never overbooked."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching import actions, queries
from matching.engine import check, read_instance
from matching.models import Exclusion, Proposal, Round
from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from mentoring.refusal import Refused
from programmes.models import Member, Partnership
from tests import cast

from .joining import LEEDS, YORK, join


def pairs_of(round):
    return {tuple(person.name for person in one.people) for one in queries.proposals_of(round)}


def proposal_for(round, name):
    return next(one for one in queries.proposals_of(round) if one.people[0].name == name)


def test_coordinator_runs_matching_and_reads_why(client, sign_in, coordinator, programme, people):
    sign_in(client, coordinator)

    client.post(programme.url("matching:run"))
    page = client.get(programme.url("matching:home")).content.decode()

    assert pairs_of(queries.proposed_round(programme)) == {("Ellen", "Nia"), ("Dai", "Ravi")}
    assert "Offers Confidence" in page
    assert "Both in or near York" in page
    assert Message.objects.count() == 0
    assert Partnership.objects.count() == 0


def test_round_carries_a_proof_that_anybody_can_check(round):
    assert check(read_instance(round.instance), round.outcome) == []
    assert round.is_proved


def test_confirming_makes_partnerships_and_writes_to_each_partner(client, sign_in, coordinator, programme, round):
    sign_in(client, coordinator)

    check_page = client.get(programme.url("matching:confirm")).content.decode()
    client.post(programme.url("matching:confirm"))

    assert "Dear Ellen" in check_page or "Dear Dai" in check_page
    assert {str(partnership) for partnership in Partnership.objects.all()} == {"Ellen and Nia", "Dai and Ravi"}
    assert sorted(message.name for message in Message.objects.all()) == ["Dai", "Ellen", "Nia", "Ravi"]
    assert {message.state for message in Message.objects.all()} == {"queued"}


def test_messages_wait_where_the_programme_wants_drafts(client, sign_in, coordinator, programme, round):
    type(programme).objects.update(sends_drafts=True)
    sign_in(client, coordinator)

    client.post(programme.url("matching:confirm"))

    assert {message.state for message in Message.objects.all()} == {"draft"}


def test_confirming_twice_is_refused(coordinator, round):
    actions.confirm_round(round, by=coordinator, now=timezone.now())

    with pytest.raises(Refused, match="confirmed"):
        actions.confirm_round(round, by=coordinator, now=timezone.now())


def test_two_people_who_are_parted_are_not_proposed_again(client, sign_in, coordinator, programme, round):
    sign_in(client, coordinator)
    ellen_with_nia = proposal_for(round, "Ellen")

    client.post(programme.url("matching:part", pk=ellen_with_nia.pk))

    assert pairs_of(queries.proposed_round(programme)) == {("Ellen", "Ravi"), ("Dai", "Ravi")}
    assert Exclusion.objects.count() == 1


def test_locked_pair_stays_when_matching_runs_again(coordinator, programme, questions, round):
    dai_with_ravi = proposal_for(round, "Dai")
    actions.lock_pair(dai_with_ravi, by=coordinator, now=timezone.now(), locked=True)
    join(programme, questions, "Zoë", "mentor", offers=["career"], based=LEEDS)

    again = actions.run_round(programme, by=coordinator, now=timezone.now())

    assert ("Dai", "Ravi") in pairs_of(again)
    assert proposal_for(again, "Dai").is_locked
    assert [one.state for one in Round.objects.order_by("number")] == ["replaced", "proposed"]


def test_mentee_without_a_match_reads_why_in_numbers(client, sign_in, coordinator, programme, questions):
    join(programme, questions, "Ellen", "mentee", wants=["confidence"])
    join(programme, questions, "Dai", "mentee", wants=["confidence"])
    join(programme, questions, "Nia", "mentor", offers=["confidence"])
    sign_in(client, coordinator)

    client.post(programme.url("matching:run"))
    page = client.get(programme.url("matching:home") + "?show=nobody").content.decode()

    assert "1 mentor would fit, but that mentor’s places are taken by others" in page


def test_excluding_a_mentor_of_another_programme_is_explained(client, sign_in, coordinator, programme, people):
    elsewhere = cast.make_participant(cast.make_programme("another", by=coordinator), "mentor")
    sign_in(client, coordinator)

    page = client.post(
        programme.url("matching:exclusions"), {"mentee": people[0].pk, "mentor": elsewhere.pk, "reason": "line"}
    )

    assert "Choose a mentor of this programme from the list." in page.content.decode()
    assert Exclusion.objects.count() == 0


def test_matching_nobody_is_refused_kindly(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)

    page = client.post(programme.url("matching:run"), follow=True)

    assert "There is nobody to match." in page.content.decode()


@pytest.mark.parametrize("who", ["sponsor", "outsider", "administrator"])
def test_others_find_no_desk(client, sign_in, programme, round, who, request):
    sign_in(client, request.getfixturevalue(who))
    proposal = Proposal.objects.first()

    assert client.get(programme.url("matching:home")).status_code == 404
    assert client.post(programme.url("matching:confirm")).status_code == 404
    assert client.post(programme.url("matching:part", pk=proposal.pk)).status_code == 404
    assert Partnership.objects.count() == 0


def test_place_above_the_capacity_is_refused_by_the_database(partnership, mentor, programme):
    second = cast.make_partnership(programme, mentor, slot=2)

    assert second.mentors[0].slot == 2
    with pytest.raises(IntegrityError, match="no place left"), transaction.atomic():
        cast.make_partnership(programme, mentor, slot=3)
    mentor.capacity = 1
    with pytest.raises(IntegrityError, match="below the places in use"), transaction.atomic():
        mentor.save(update_fields=["capacity"])


def test_two_coordinators_who_confirm_at_once_begin_each_partnership_once(transactional_db):
    organisation = cast.make_organisation()
    with tenancy.tenant(organisation):
        programme = cast.make_programme()
        for role in ("mentee", "mentor"):
            cast.make_participant(programme, role)
        round = actions.run_round(programme, by=programme.created_by, now=timezone.now())
    answers = []

    def confirm():
        try:
            with tenancy.tenant(organisation, programme.created_by):
                answers.append(len(actions.confirm_round(round, by=programme.created_by, now=timezone.now())))
        except Refused:
            answers.append("refused")
        connection.close()

    threads = [threading.Thread(target=confirm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers, key=str) == [1, "refused", "refused", "refused"]
    with tenancy.tenant(organisation):
        assert (Partnership.objects.count(), Member.objects.count()) == (1, 2)


def test_desk_costs_the_same_with_3_pairs_and_with_60(client, sign_in, coordinator, programme, questions):
    sign_in(client, coordinator)
    client.get(programme.url("matching:home"))
    counts = []

    for rows in (range(3), range(3, 60)):
        for number in rows:
            join(programme, questions, f"Mentee {number}", "mentee", wants=["career"], based=LEEDS)
            join(programme, questions, f"Mentor {number}", "mentor", offers=["career"], based=YORK)
        actions.run_round(programme, by=coordinator, now=timezone.now())
        with CaptureQueriesContext(connection) as queries_made:
            client.get(programme.url("matching:home"))
        counts.append(len(queries_made))

    assert counts[0] == counts[1] <= 20
