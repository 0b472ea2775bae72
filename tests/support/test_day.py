"""A co-ordinator's day: what changed, letters to all who are silent, calls noted, and her own time."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.support.models import DatedNote, Look, Stint
from tests import cast

DAY = datetime.timedelta(days=1)


@pytest.fixture
def visit(client, sign_in, coordinator):
    def go(address, somebody=None, **posted):
        sign_in(client, somebody or coordinator)
        answer = client.post(address, posted, follow=True) if posted else client.get(address, follow=True)
        return answer.content.decode()

    return go


@pytest.fixture
def pairs(programme, log_meeting, days_ago):
    """Two silent partnerships and one on track."""
    found = {}
    for word, days in (("silent", 60), ("quiet", 70), ("steady", 3)):
        mentee = cast.make_participant(programme, "mentee", cast.make_person(f"{word.title()} Person"))
        found[word] = cast.make_partnership(programme, mentee=mentee)
        log_meeting(found[word], days_ago(days), by=mentee.person)
    return found


def test_next_time_only_what_changed_is_shown(visit, programme, pairs, log_meeting, today):
    home = programme.url("support:home")
    assert "Changed since you looked" not in visit(home)
    visit(programme.url("support:looked"), go="on")
    assert "Nothing has changed" in visit(f"{home}?show=changed")

    log_meeting(pairs["silent"], today, by=pairs["silent"].mentees[0].person)
    page = visit(f"{home}?show=changed")

    assert "<b>1</b> Changed since you looked" in page
    assert "1 meeting since you last looked. It was “Silent” when you last looked." in page
    assert f"You last looked on {today.day} {today:%B}." in page


def test_a_look_changes_nothing_until_it_is_said_to_be_done(visit, programme, pairs):
    visit(programme.url("support:home"))

    assert Look.objects.count() == 0


def test_letters_to_all_who_are_silent_are_drafted_and_sent_together(visit, programme, pairs):
    page = visit(programme.url("support:check_in_all"), go="on")
    visit(programme.url("support:check_in_all"), go="on")

    drafts = Message.objects.filter(kind="check_in")
    assert "Letters to 2 partnerships are drafted." in page
    assert drafts.count() == 4
    visit(programme.url("programmes:send_messages"), which="all")
    assert set(drafts.values_list("state", flat=True)) == {"queued"}


def test_nobody_is_written_to_where_nobody_is_silent(visit, programme, partnership, log_meeting, today, mentee):
    log_meeting(partnership, today, by=mentee.person)

    assert "No partnership is silent today." in visit(programme.url("support:check_in_all"), go="on")


def test_a_call_is_noted_under_its_day_and_partners_do_not_read_it(
    visit, programme, partnership, mentee, organisation, today
):
    fields = {"kind": "call", "noted_on": today.isoformat(), "words": "CANARYCALL", "for_evaluation": "on"}
    visit(partnership.url("support:note"), **fields)

    assert "CANARYCALL" in visit(partnership.url("support:partnership"))
    assert "For the evaluation" in visit(programme.url("support:notes"))
    assert "CANARYCALL" not in visit(partnership.url("support:partnership"), somebody=mentee.person)


def test_in_sql_a_note_is_for_those_who_run_the_programme(
    partnership, programme, organisation, coordinator, mentee, mentor, administrator, today
):
    with tenancy.tenant(organisation, coordinator):
        DatedNote.objects.create(
            programme=programme, partnership=partnership, noted_on=today, words="x", written_by=coordinator
        )

    def count(person):
        with tenancy.tenant(organisation, person), connection.cursor() as cursor:
            cursor.execute("select count(*) from support_datednote")
            return cursor.fetchone()[0]

    people = (coordinator, mentee.person, mentor.person, administrator)
    assert [count(person) for person in people] == [1, 0, 0, 0]


def test_a_note_of_tomorrow_is_refused(visit, partnership, today):
    tomorrow = today + DAY

    assert "has not come yet" in visit(
        partnership.url("support:note"), kind="call", noted_on=tomorrow.isoformat(), words="Hello"
    )
    assert DatedNote.objects.count() == 0


def test_the_story_of_a_partnership_has_days_and_counts_and_no_words(visit, partnership, mentee, log_meeting, today):
    log_meeting(partnership, today, by=mentee.person)
    visit(partnership.url("support:rest"), go="on")
    visit(partnership.url("support:go_on"), go="on")
    visit(partnership.url("support:end"), reason="")

    page = visit(partnership.url("support:partnership"))

    told = [page.index(f">{words}") for words in ("Ended", "Goes on", "Began a rest", "Met, 60 minutes, video")]
    assert told == sorted(told)  # the newest first, on one and the same day
    assert "CANARY" not in page


def test_time_is_counted_by_ones_own_start_and_stop(visit, programme, partnership, coordinator, organisation):
    clock, home = programme.url("support:clock"), programme.url("support:home")
    now = timezone.now().replace(day=15, hour=10, minute=0)
    with time_machine.travel(now, tick=False) as clock_of_the_server:
        assert "<b>0</b> of 15 minutes" in visit(home)
        visit(clock, start="yes")
        visit(clock, start="yes")
        clock_of_the_server.move_to(now + datetime.timedelta(minutes=25))
        assert "25 minutes noted, for you alone." in visit(clock, stop="yes")
        assert "not running" in visit(clock, stop="yes")
        visit(clock, minutes="20")
        assert "<b>45</b> of 15 minutes" in visit(home)

    def count(person):
        with tenancy.tenant(organisation, person):
            return Stint.objects.count()

    another = cast.make_person()
    cast.give_role(another, "coordinator", programme)
    assert [count(coordinator), count(another)] == [2, 0]


@pytest.mark.parametrize("minutes", ["0", "721", "soon", ""])
def test_an_estimate_that_cannot_be_is_explained(visit, programme, partnership, minutes):
    assert "Give a number of minutes from 1 to 720." in visit(programme.url("support:clock"), minutes=minutes)


def test_a_forgotten_clock_counts_nothing(visit, programme, partnership):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        visit(programme.url("support:clock"), start="yes")
        clock.move_to(now + 13 * datetime.timedelta(hours=1))
        assert "Add an estimate instead" in visit(programme.url("support:clock"), stop="yes")


@pytest.mark.parametrize("who", ["mentee", "mentor", "sponsor", "administrator", "outsider"])
@pytest.mark.parametrize("name", ["looked", "check_in_all", "notes", "clock"])
def test_nobody_else_has_a_coordinators_day(client, sign_in, request, programme, partnership, who, name):
    person = request.getfixturevalue(who)

    assert sign_in(client, getattr(person, "person", person)).post(programme.url(f"support:{name}")).status_code == 404


def test_the_day_costs_the_same_with_many_partnerships(client, sign_in, programme, coordinator, visit, partnership):
    def count():
        client.get(f"{programme.url('support:home')}?show=all")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{programme.url('support:home')}?show=all")
        return len(captured) - 3

    sign_in(client, coordinator)
    visit(programme.url("support:looked"), go="on")
    before = count()
    for _ in range(20):
        cast.make_partnership(programme)

    assert count() == before <= 20
