"""Gatherings, a directory that people choose, and boards that only their own role reads."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.network import actions
from programmes.network.letters import is_still_on, would_be_missed
from programmes.network.models import Entry, Gathering, Post
from tests import cast


@pytest.fixture
def visit(client, sign_in):
    def go(somebody, address, status=200, **posted):
        sign_in(client, somebody)
        answer = client.post(address, posted, follow=True) if posted else client.get(address, follow=True)
        assert answer.status_code == status, (address, answer.status_code)
        return answer.content.decode()

    return go


@pytest.fixture
def home(programme):
    return programme.url("network:home")


@pytest.fixture
def post(programme, partnership, mentee, organisation):
    with tenancy.tenant(organisation, mentee.person):
        return actions.post(programme, board="mentee", words="CANARYPOST", by=mentee.person, now=timezone.now())


def test_a_coordinator_puts_something_on_and_calls_it_off(
    visit, programme, home, coordinator, mentor, mentee, partnership
):
    starts_at = (timezone.localtime() + datetime.timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    visit(coordinator, programme.url("network:put_on"), title="Lunch", starts_at=starts_at, place="Canteen", words="")

    assert "Lunch" in visit(mentee.person, home)
    told = Message.objects.filter(kind="gathering_put_on")
    assert all("(London time)" in letter.body for letter in told)
    assert {letter.to_id for letter in told if is_still_on(letter)} == {person.person_id for person in (mentor, mentee)}
    told.filter(to=mentee.person).update(state="sent", sent_at=timezone.now())
    visit(coordinator, programme.url("network:call_off", pk=Gathering.objects.get().pk), go="on")
    assert "Lunch" not in visit(mentee.person, home)
    assert [letter for letter in told.all() if is_still_on(letter)] == []
    off = Message.objects.filter(kind="gathering_called_off")
    assert [letter.to_id for letter in off if would_be_missed(letter)] == [mentee.person_id]


def test_something_in_the_past_cannot_be_put_on(visit, programme, coordinator):
    page = visit(
        coordinator,
        programme.url("network:put_on"),
        title="Lunch",
        starts_at="2020-01-01T12:00",
        place="Canteen",
        words="",
    )

    assert "That time has passed." in page
    assert Gathering.objects.count() == 0


def test_nobody_is_found_who_did_not_choose_it(visit, programme, home, mentor, mentee, partnership):
    assert mentor.person.email not in visit(mentee.person, home)

    visit(mentor.person, programme.url("network:found", role="mentor"), line="Ask me about fieldwork")
    page = visit(mentee.person, home)
    visit(mentor.person, programme.url("network:found", role="mentor"), leave="yes")

    assert [word in page for word in (mentor.person.email, "Ask me about fieldwork")] == [True, True]
    assert Entry.objects.count() == 0
    assert mentor.person.email not in visit(mentee.person, home)


def test_nobody_joins_the_directory_in_a_role_they_have_not(visit, programme, mentee, partnership):
    visit(mentee.person, programme.url("network:found", role="mentor"), status=404, line="x")
    visit(mentee.person, programme.url("network:board", role="mentor"), status=404)
    visit(mentee.person, programme.url("network:board", role="mentor"), status=404, words="Hello")


def test_a_board_is_for_its_own_role_in_sql_too(
    visit, post, programme, mentee, mentor, coordinator, organisation, administrator
):
    assert "CANARYPOST" in visit(mentee.person, programme.url("network:board", role="mentee"))
    assert "CANARYPOST" in visit(coordinator, programme.url("network:home"))
    assert "CANARYPOST" not in visit(mentor.person, programme.url("network:home"))
    visit(mentor.person, programme.url("network:report", pk=post.pk), status=404, go="on")

    def count(person):
        with tenancy.tenant(organisation, person), connection.cursor() as cursor:
            cursor.execute("select count(*) from network_post")
            return cursor.fetchone()[0]

    assert [count(person) for person in (mentee.person, coordinator, mentor.person, administrator)] == [1, 1, 0, 0]


def test_what_is_reported_reaches_the_coordinator_once_and_can_be_taken_down(
    visit, post, programme, coordinator, mentee
):
    other = cast.make_participant(programme, "mentee", cast.make_person("Nia Newby"))
    for _ in range(2):
        visit(other.person, programme.url("network:report", pk=post.pk), go="on")

    (letter,) = Message.objects.filter(kind="post_reported")
    assert letter.address == coordinator.email
    assert "CANARYPOST" not in letter.body
    assert "Reported by Nia Newby" in visit(coordinator, programme.url("network:home"))

    visit(mentee.person, programme.url("network:let_stand", pk=post.pk), status=404, go="on")
    stands = visit(coordinator, programme.url("network:let_stand", pk=post.pk), go="on")
    assert ("CANARYPOST" in stands, "Reported by" in stands) == (True, False)

    board = visit(other.person, programme.url("network:report", pk=post.pk), go="on")
    visit(coordinator, programme.url("network:take_down", pk=post.pk), go="on")

    assert "You asked your co-ordinator to look at it." in board
    assert Message.objects.filter(kind="post_reported").count() == 2
    assert "CANARYPOST" not in visit(mentee.person, programme.url("network:board", role="mentee"))


def test_one_takes_down_ones_own_post_and_no_other(visit, post, programme, mentee, organisation):
    other = cast.make_participant(programme, "mentee")
    visit(other.person, programme.url("network:take_down", pk=post.pk), status=404, go="on")
    visit(mentee.person, programme.url("network:take_down", pk=post.pk), go="on")

    with tenancy.tenant(organisation, mentee.person):
        assert Post.objects.get().hidden_by == mentee.person


@pytest.mark.parametrize("who", ["sponsor", "administrator", "outsider", "partner_contact"])
def test_nobody_else_meets_the_others(visit, request, programme, home, who):
    visit(request.getfixturevalue(who), home, status=404)
