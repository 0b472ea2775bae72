"""The co-ordinator's list of partnerships, and a partnership's own page."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.models import PartnershipState
from programmes.support.health import Health
from programmes.support.queries import standings
from programmes.support.step import STEP
from tests import cast


@pytest.fixture
def home(client, sign_in, coordinator, programme):
    sign_in(client, coordinator)
    return programme.url("support:home")


def queries_of(client, address):
    """What a visitor's request asks of the database. A test's own transaction around it adds three statements."""
    client.get(address)  # the session and the templates are warm
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured) - 3


@pytest.fixture
def four(programme, log_meeting, days_ago):
    """A silent, a late and an on-track partnership, and one that rests."""
    ago = {"silent": 60, "late": 30, "on track": 3, "resting": 90}
    pairs = {}
    for word, days in ago.items():
        mentee = cast.make_participant(programme, "mentee", cast.make_person(f"{word.title()} Person"))
        pairs[word] = cast.make_partnership(programme, mentee=mentee)
        log_meeting(pairs[word], days_ago(days), by=mentee.person)
    pairs["resting"].state = PartnershipState.PAUSED
    pairs["resting"].save()
    return pairs


def names(answer):
    return [str(row["partnership"].mentees[0].person) for row in answer.context["rows"]]


def test_those_who_need_the_coordinator_come_first_and_alone(client, home, four):
    answer = client.get(home)

    assert names(answer) == ["Silent Person"]
    assert "4 partnerships, 1 silent." in answer.content.decode()
    assert "A meeting was due 32 days ago." in answer.content.decode()
    assert "8 weeks ago" in answer.content.decode()


def test_chips_count_every_state(client, home, four):
    shown = [(chip["count"], chip["label"]) for chip in client.get(home).context["chips"]]

    assert shown == [(1, "Need you"), (1, "Silent"), (1, "Late"), (1, "On track"), (1, "Resting"), (4, "All")]


@pytest.mark.parametrize(
    "query, found",
    [
        ("show=late", ["Late Person"]),
        ("show=resting", ["Resting Person"]),
        ("show=all", ["Silent Person", "Late Person", "On Track Person", "Resting Person"]),
        ("q=track", ["On Track Person"]),
        ("q=person", ["Silent Person", "Late Person", "On Track Person", "Resting Person"]),
        ("q=person&show=late", ["Late Person"]),
        ("q=%25", []),
        ("show=nonsense", []),
        ("show=ended", []),
    ],
)
def test_filter_and_search(client, home, four, query, found):
    assert names(client.get(f"{home}?{query}")) == found


def test_nobody_needs_you(client, home, partnership, mentee, log_meeting, today):
    log_meeting(partnership, today, by=mentee.person)

    assert "Nobody needs you today" in client.get(home).content.decode()


def test_before_any_match_the_list_says_when_it_fills(client, home):
    assert "They appear here when you confirm matches." in client.get(home).content.decode()


def test_a_long_list_has_pages(client, home, programme):
    for _ in range(27):
        cast.make_partnership(programme)

    assert len(client.get(home).context["rows"]) == 25
    assert len(client.get(f"{home}?page=2").context["rows"]) == 2
    assert len(client.get(f"{home}?page=nonsense").context["rows"]) == 25


def test_the_list_asks_as_much_for_three_as_for_many(client, home, programme, log_meeting, days_ago):
    for _ in range(3):
        cast.make_partnership(programme)
    few = queries_of(client, home)
    for number in range(60):
        pair = cast.make_partnership(programme)
        log_meeting(pair, days_ago(number), by=pair.mentees[0].person)

    assert queries_of(client, home) == few <= 20
    assert queries_of(client, f"{home}?show=all&q=person") == few


def test_a_partnerships_page_asks_as_much_for_three_meetings_as_for_many(
    client, sign_in, coordinator, partnership, mentee, log_meeting, days_ago
):
    sign_in(client, mentee.person)
    address = partnership.url("support:partnership")
    for number in range(3):
        log_meeting(partnership, days_ago(number), by=mentee.person)
    few = queries_of(client, address)
    for number in range(3, 40):
        log_meeting(partnership, days_ago(number), by=mentee.person)

    assert queries_of(client, address) == few <= 12
    assert queries_of(client, partnership.url("support:log")) <= 12


def test_partner_sees_rhythm_meetings_and_next_steps(
    client, sign_in, partnership, mentee, mentor, log_meeting, today, days_ago
):
    soon = today + datetime.timedelta(days=9)
    log_meeting(partnership, days_ago(40), by=mentee.person, next_step="Read the paper")
    log_meeting(partnership, days_ago(12), by=mentor.person, next_on=soon, next_step="Write the abstract")

    page = sign_in(client, mentee.person).get(partnership.url("support:partnership")).content.decode()

    assert "You and Mor" in page
    assert f"You meet on {soon:%A} {soon.day} {soon:%B}" in page
    assert page.index("Write the abstract") < page.index("Read the paper")
    assert "Every 4 weeks" in page


@pytest.mark.parametrize(
    "state, words",
    [
        ("agreed", "The agreement is not signed yet."),
        ("paused", "nobody is reminded while it rests"),
    ],
)
def test_coordinator_reads_why(client, sign_in, coordinator, partnership, state, words):
    partnership.state = state
    partnership.save()

    assert words in sign_in(client, coordinator).get(partnership.url("support:partnership")).content.decode()


def test_a_partnership_that_signed_late_is_not_silent_on_the_day_it_signs(client, home, partnership, days_ago):
    partnership.rhythm_from = days_ago(1)
    partnership.save()

    assert [row["assessment"].word for row in client.get(f"{home}?show=all").context["rows"]] == ["Too early to say"]


def test_the_step_says_how_many_are_silent(programme, four, today):
    status = STEP.status(programme, today)

    assert (status.state, status.sentence, status.action) == (
        "In progress",
        "4 partnerships, 1 silent.",
        "See who is silent",
    )
    assert [(need.sentence, need.url) for need in status.needs] == [
        ("1 partnership is silent", programme.url("support:home") + "?show=silent")
    ]


def test_the_step_cannot_start_before_a_match_and_is_completed_when_all_have_ended(programme, today):
    assert STEP.status(programme, today).state == "Cannot start yet"

    cast.make_partnership(programme, state=PartnershipState.ENDED)

    assert STEP.status(programme, today).state == "Completed"


def test_a_brief_contact_has_no_rhythm_and_nothing_to_sign(
    client, sign_in, programme, mentor, mentee, log_meeting, days_ago
):
    spot = cast.make_partnership(programme, mentor, mentee, model="spot")
    log_meeting(spot, days_ago(90), by=mentee.person)

    page = sign_in(client, mentee.person).get(spot.url("support:partnership")).content.decode()
    (standing,) = standings(programme, timezone.localdate())

    assert "A brief contact is one or two conversations." in page
    assert [words in page for words in ("every 4 weeks", "Your agreement", "Your plan", "Where you are")] == [False] * 4
    assert (standing.assessment.health, standing.assessment.needs_you) == (Health.ON_TRACK, False)


def test_who_is_late_is_told_so_and_no_day_that_is_gone(client, sign_in, partnership, mentee):
    page = sign_in(client, mentee.person).get(partnership.url("support:partnership")).content.decode()

    assert "the first time was due by" in page
    assert "would be in good time" not in page
