"""The programme's home: what to do next, how the seven steps stand, what happened."""

import datetime

import pytest
from django.utils import timezone

from mentoring import audit
from programmes.blueprints import load_blueprint
from programmes.needs import actions as needs
from tests import cast


@pytest.fixture
def home(programme):
    return programme.url("programmes:home")


def test_coordinator_sees_what_to_do_next(client, sign_in, coordinator, home):
    page = sign_in(client, coordinator).get(home)

    assert page.context["next"]["title"] == "Next: say why it should exist"
    assert page.context["next"]["url"] == "/university/health-futures/needs/need/"
    assert [task["number"] for task in page.context["tasks"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [task["now"] for task in page.context["tasks"]] == [True, *[False] * 6]


def test_finished_step_is_plain_and_the_next_one_is_marked(client, sign_in, coordinator, programme, home):
    needs.state_need(programme, by=coordinator, now=timezone.now(), why="Why", target_group="Who")
    for wording in ("A", "B"):
        needs.add_objective(
            programme, by=coordinator, now=timezone.now(), wording=wording, measure="number", unit="seats", target=4,
            due_on=programme.ends_on,
        )  # fmt: skip

    page = sign_in(client, coordinator).get(home)

    first, second = page.context["tasks"][:2]
    assert (first["word"], first["kind"], first["hint"]) == ("Completed", "plain", "2 objectives, each with a target")
    assert (second["word"], second["kind"], second["now"]) == ("Write the plan", "info", True)


def test_coordinator_sees_what_happened(client, sign_in, coordinator, programme, mentee, home):
    at = timezone.now()
    audit.record("objective set", on=cast.make_programme("elsewhere-1"), by=coordinator, at=at)
    audit.record("application accepted", on=mentee, by=coordinator, at=at)
    for minutes in range(1, 4):
        audit.record("plan written", on=programme, by=coordinator, at=at + datetime.timedelta(minutes=minutes))

    events = sign_in(client, coordinator).get(home).context["events"]

    assert [(event.sentence, event.who) for event in events] == [
        ("Plan written, 3 times", "Priya Coordley"),
        ("Application accepted: Sŵn Menteeova, mentee", "Priya Coordley"),
    ]


def test_nothing_empty_is_drawn(client, sign_in, coordinator, programme, home):
    page = sign_in(client, coordinator).get(home)

    assert not page.context["events"]
    assert "What happened" not in page.content.decode()


def test_administrator_reads_how_it_stands_and_is_led_nowhere_forbidden(
    client, sign_in, administrator, coordinator, mentee, programme, home
):
    audit.record("application accepted", on=mentee, by=coordinator, at=timezone.now())

    page = sign_in(client, administrator).get(home)

    text = page.content.decode()
    assert "Sŵn Menteeova" in text
    assert "Next:" not in text
    assert "Settings of this programme" not in text
    for task in page.context["tasks"]:
        assert not task["url"] or client.get(task["url"]).status_code == 200


def test_administrator_is_told_when_nobody_runs_the_programme(client, sign_in, administrator, home):
    page = sign_in(client, administrator).get(home).content.decode()

    assert "Nobody runs this programme yet" in page
    assert "/university/members/" in page


def test_sponsor_sees_steps_and_no_names(client, sign_in, sponsor, coordinator, mentee, programme, home):
    audit.record("application accepted", on=mentee, by=coordinator, at=timezone.now())

    page = sign_in(client, sponsor).get(home)

    text = page.content.decode()
    assert "Application accepted" in text
    assert "Menteeova" not in text
    assert "Next:" not in text
    assert [task["number"] for task in page.context["tasks"]] == [1, 2, 3, 4, 5, 6, 7]
    links = {task["number"] for task in page.context["tasks"] if task["url"]}
    assert {1, 2} <= links
    assert links <= {1, 2, 7}


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_participants_are_led_to_their_own_pages(client, sign_in, home, request, who):
    assert sign_in(client, request.getfixturevalue(who).person).get(home).url == "/my/"


def test_outsider_finds_nothing(client, sign_in, outsider, home):
    assert sign_in(client, outsider).get(home).status_code == 404


def test_home_takes_at_most_twenty_queries_however_large_the_programme(
    client, sign_in, coordinator, programme, home, django_assert_max_num_queries
):
    programme.blueprint = load_blueprint("ukrc")
    programme.save(update_fields=["blueprint"])
    sign_in(client, coordinator).get(home)
    counts = []
    for more in (3, 297):
        for _ in range(more):
            cast.make_partnership(programme)
            audit.record("plan written", on=programme, by=coordinator, at=timezone.now())
        with django_assert_max_num_queries(40) as asked:
            client.get(home)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 20


def test_home_of_a_step_leads_to_its_neighbours(client, sign_in, coordinator, sponsor, programme):
    coordinators = sign_in(client, coordinator).get(programme.url("plan:home")).content.decode()
    sponsors = sign_in(client, sponsor).get(programme.url("plan:home")).content.decode()

    assert "Step 2 of 7" in coordinators
    assert f'href="{programme.url("needs:home")}" rel="prev"' in coordinators
    assert f'href="{programme.url("recruitment:home")}" rel="next"' in coordinators
    assert f'href="{programme.url("needs:home")}" rel="prev"' in sponsors
    assert programme.url("recruitment:home") not in sponsors


def test_page_inside_a_step_says_where_it_is_and_shows_no_neighbours(client, sign_in, coordinator, programme):
    page = sign_in(client, coordinator).get(programme.url("plan:write")).content.decode()

    assert "Step 2 of 7" in page
    assert 'rel="next"' not in page
