"""Rounds are kept, compared, and taken up again; what was confirmed can be taken back until a message has gone."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching import actions, queries
from matching.models import Round, RoundState
from matching.presenting.comparing import compare
from mentoring.outbox import delivery
from mentoring.outbox.models import Message, MessageState
from mentoring.refusal import Refused
from programmes.models import Member, Partnership
from programmes.support.models import Meeting
from tests import cast

from .joining import LEEDS, join


@pytest.fixture
def second(coordinator, programme, questions, round):
    """Ellen and Nia were parted, and a third mentee has come."""
    join(programme, questions, "Olwen", "mentee", wants=["career"], based=LEEDS)
    ellen = next(one for one in queries.matches_of(round) if one.people[0].name == "Ellen")
    return actions.exclude_pair(ellen, by=coordinator, now=timezone.now())


@pytest.fixture
def confirmed(coordinator, round):
    actions.confirm_round(round, by=coordinator, now=timezone.now())
    round.refresh_from_db()
    return round


def test_every_round_is_kept_with_what_it_matched(client, sign_in, coordinator, programme, round, second):
    sign_in(client, coordinator)

    page = client.get(programme.url("matching:rounds")).content.decode()

    assert [(one.number, one.matched, one.mentees) for one in queries.rounds_of(programme)] == [(2, 3, 3), (1, 2, 2)]
    assert "3 of 3" in page
    assert "Replaced by a later round" in page


def test_two_rounds_side_by_side_show_what_differs(client, sign_in, coordinator, programme, round, second):
    sign_in(client, coordinator)

    comparison = compare(round, second)
    page = client.get(programme.url("matching:compare", pk=second.pk, other=round.pk)).content.decode()

    differing = [(one.name, one.first, one.second) for one in comparison.differences]
    assert ("Ellen", "Nia", "Ravi") in differing
    assert ("Olwen", None) in [(name, first) for name, first, _ in differing]
    assert comparison.words[0] == "Round 2 matches 1 mentee more: 3, not 2."
    assert "Round 1 beside Round 2" in page
    assert "Was not waiting" in page


def test_running_again_says_how_many_matches_changed(client, sign_in, coordinator, programme, questions, round):
    sign_in(client, coordinator)

    same = client.post(programme.url("matching:run"), follow=True).content.decode()
    join(programme, questions, "Olwen", "mentee", wants=["career"], based=LEEDS)
    more = client.post(programme.url("matching:run"), follow=True).content.decode()

    assert "Round 2 proposes 2 pairs. Every match is as in round 1." in same
    assert "Round 3 proposes 3 pairs. 1 mentee has another match than in round 2." in more


def test_earlier_round_is_proposed_again(client, sign_in, coordinator, programme, questions, round):
    later = actions.run_round(programme, by=coordinator, now=timezone.now())
    sign_in(client, coordinator)

    client.post(programme.url("matching:restore", pk=round.pk))

    later.refresh_from_db()
    assert queries.proposed_round(programme) == round
    assert later.state == RoundState.REPLACED


def test_round_with_a_pair_that_was_parted_is_not_taken_up_again(coordinator, round, second):
    with pytest.raises(Refused, match="who must not be matched"):
        actions.restore_round(round, by=coordinator, now=timezone.now())


def test_round_whose_mentee_has_a_partner_by_now_is_not_taken_up_again(coordinator, programme, round):
    actions.run_round(programme, by=coordinator, now=timezone.now())
    ellen = next(one for one in queries.matches_of(round) if one.people[0].name == "Ellen").mentees[0]
    cast.make_partnership(programme, mentee=ellen)

    with pytest.raises(Refused, match="Ellen has a partner"):
        actions.restore_round(round, by=coordinator, now=timezone.now())


def test_confirming_is_undone_before_the_messages_go(client, sign_in, coordinator, programme, round):
    sign_in(client, coordinator)

    page = client.post(programme.url("matching:confirm"), follow=True)
    client.post(programme.url("matching:undo", pk=round.pk))

    due = timezone.localtime(Message.objects.first().due_at)
    assert page.redirect_chain[-1][0] == programme.url("matching:round", pk=round.pk)
    assert f"The messages go at {due:%H:%M}" in page.content.decode()
    assert (Partnership.objects.count(), Member.objects.count()) == (0, 0)
    assert {message.state for message in Message.objects.all()} == {MessageState.CANCELLED}
    assert queries.proposed_round(programme) == round


def test_what_was_undone_can_be_confirmed_again(coordinator, programme, confirmed):
    actions.undo_confirming(confirmed, by=coordinator, now=timezone.now())

    actions.confirm_round(confirmed, by=coordinator, now=timezone.now())

    assert Partnership.objects.count() == 2
    assert Message.objects.filter(state=MessageState.QUEUED).count() == 4


def test_confirming_is_not_undone_once_a_message_has_gone(client, sign_in, coordinator, programme, confirmed):
    sign_in(client, coordinator)
    delivery.drain(timezone.now() + datetime.timedelta(minutes=11))

    page = client.post(programme.url("matching:undo", pk=confirmed.pk), follow=True).content.decode()

    assert "A message has gone already" in page
    assert Partnership.objects.count() == 2
    assert queries.undo_until(confirmed) is None


def test_confirming_is_not_undone_once_partners_have_met(coordinator, programme, confirmed):
    partnership = Partnership.objects.first()
    Meeting.objects.create(
        partnership=partnership, met_on=timezone.localdate(), minutes=60, medium="video", logged_by=coordinator
    )

    with pytest.raises(Refused, match="have begun already"):
        actions.undo_confirming(confirmed, by=coordinator, now=timezone.now())

    assert Member.objects.count() == 4
    assert Message.objects.filter(state=MessageState.QUEUED).count() == 4


def test_messages_go_at_once_where_nobody_wants_to_wait(client, sign_in, coordinator, programme, confirmed):
    sign_in(client, coordinator)

    page = client.post(programme.url("matching:send", pk=confirmed.pk), follow=True).content.decode()

    assert "4 messages on the way." in page
    assert all(message.due_at <= timezone.now() for message in Message.objects.all())


def test_confirmed_round_stays_to_be_seen(client, sign_in, coordinator, programme, confirmed):
    sign_in(client, coordinator)

    home = client.get(programme.url("matching:home")).content.decode()
    page = client.get(programme.url("matching:round", pk=confirmed.pk)).content.decode()

    assert f">{confirmed}</a> was confirmed on" in home
    assert all(one.url("support:partnership") in page for one in Partnership.objects.all())


@pytest.mark.parametrize("who", ["sponsor", "outsider", "administrator"])
def test_others_neither_see_nor_undo_rounds(client, sign_in, programme, confirmed, who, request):
    sign_in(client, request.getfixturevalue(who))

    for name in ("rounds", "round", "undo", "restore", "send"):
        address = programme.url(f"matching:{name}", **({} if name == "rounds" else {"pk": confirmed.pk}))
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert Round.objects.get().state == RoundState.CONFIRMED


def test_confirming_costs_the_same_with_2_pairs_and_with_40(coordinator, programme, questions, people):
    counts = []

    for more in (0, 40):
        for number in range(more):
            join(programme, questions, f"Mentee {number}", "mentee", wants=["career"], based=LEEDS)
            join(programme, questions, f"Mentor {number}", "mentor", capacity=2, offers=["career"], based=LEEDS)
        round = actions.run_round(programme, by=coordinator, now=timezone.now())
        with CaptureQueriesContext(connection) as queries_made:
            actions.confirm_round(round, by=coordinator, now=timezone.now())
        counts.append(len(queries_made))

    assert counts[0] == counts[1]
    assert Partnership.objects.count() == 42
