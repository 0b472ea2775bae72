"""Matching runs: at once where that takes a second, by a worker where it takes longer; stopped, failed, nobody there."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from matching import actions, queries
from matching.actions import running
from matching.asking import progress, solving
from matching.engine import check, pricing, read_instance
from matching.models import Round, RoundState
from mentoring.organisations import tenancy
from mentoring.refusal import Refused
from programmes.models import Participant
from tests import cast
from tests.servers import wait_for

from .joining import join, make_questions


@pytest.fixture
def large(monkeypatch):
    """Every programme is so large that a worker is asked."""
    monkeypatch.setattr(running, "HERE", 0)


def join_many(programme, count):
    questions = make_questions(programme)
    for number in range(count):
        for role, wish, place in (("mentee", "wants", number // 3), ("mentor", "offers", number)):
            based = {"name": f"Place {place}", "latitude": 50 + place / 20, "longitude": -1}
            join(programme, questions, f"{role.title()} {number}", role, **{wish: ["career"]}, based=based)


@pytest.fixture
def begun(programme, coordinator, people):
    return actions.begin_round(programme, by=coordinator, now=timezone.now())


def test_large_round_waits_for_a_worker_and_the_page_says_so(client, sign_in, coordinator, programme, people, large):
    sign_in(client, coordinator)

    page = client.post(programme.url("matching:run"), follow=True)

    assert page.redirect_chain[-1][0] == programme.url("matching:running")
    assert "Waiting for somebody to begin." in page.content.decode()
    assert Round.objects.get().is_running
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()


def test_page_says_how_far_the_engine_is(client, sign_in, coordinator, programme, begun):
    sign_in(client, coordinator)
    progress.tell(begun, "Comparing everybody with everybody", 0.12)

    page = client.get(programme.url("matching:running")).content.decode()

    assert "Comparing everybody with everybody" in page
    assert 'value="12"' in page


def test_where_no_worker_answers_it_is_done_here_and_now(client, sign_in, coordinator, programme, begun):
    Round.objects.update(run_at=timezone.now() - datetime.timedelta(seconds=30))
    sign_in(client, coordinator)

    page = client.get(programme.url("matching:running")).content.decode()
    client.post(programme.url("matching:here"))

    assert "The background worker does not answer" in page
    assert Round.objects.get().state == RoundState.PROPOSED
    assert len(queries.matches_of(Round.objects.get())) == 2


def test_page_that_asks_again_is_led_to_the_desk_when_it_is_done(client, sign_in, coordinator, programme, round):
    sign_in(client, coordinator)

    asked = client.get(programme.url("matching:running"), headers={"HX-Request": "true"})
    opened = client.get(programme.url("matching:running"))

    assert asked["HX-Redirect"] == programme.url("matching:home")
    assert opened["Location"] == programme.url("matching:home")


def test_coordinator_stops_a_round_and_keeps_the_one_before(client, sign_in, coordinator, programme, round):
    sign_in(client, coordinator)
    later = actions.begin_round(programme, by=coordinator, now=timezone.now())

    client.post(programme.url("matching:stop"))

    later.refresh_from_db()
    assert later.state == RoundState.CANCELLED
    assert queries.proposed_round(programme) == round


def test_engine_stops_when_somebody_stops_the_round(transactional_db, monkeypatch):
    """Somebody else presses Stop, in a transaction of their own, while the engine is at work."""
    organisation = cast.make_organisation()
    with tenancy.tenant(organisation):
        programme, told = cast.make_programme(), []
        join_many(programme, 5)
        round = actions.begin_round(programme, by=programme.created_by, now=timezone.now())

    def stop():
        with tenancy.tenant(organisation):
            actions.stop_round(round, by=programme.created_by, now=timezone.now())
        connection.close()

    def stop_half_way(round, words, share):
        told.append(share)
        if len(told) == 3:
            presses = threading.Thread(target=stop)
            presses.start()
            presses.join()

    monkeypatch.setattr(progress, "tell", stop_half_way)
    with tenancy.tenant(organisation):
        worked = actions.work_out(round, now=timezone.now())

        assert worked.state == RoundState.CANCELLED
        assert worked.proposals.count() == 0
    assert len(told) == 3


def test_round_that_was_stopped_is_not_worked_out(coordinator, begun):
    actions.stop_round(begun, by=coordinator, now=timezone.now())

    worked = actions.work_out(begun, now=timezone.now())

    assert worked.state == RoundState.CANCELLED


def test_failure_is_shown_with_what_to_do_and_leaves_the_round_before(
    client, sign_in, coordinator, programme, round, monkeypatch
):
    def break_down(*args, **options):
        raise MemoryError

    monkeypatch.setattr(solving, "solve", break_down)
    sign_in(client, coordinator)

    page = client.post(programme.url("matching:run"), follow=True).content.decode()

    assert "Round 2 could not be finished" in page
    assert "Run matching again" in page
    assert queries.proposed_round(programme) == round


def test_nothing_is_changed_while_a_new_round_is_worked_out(coordinator, programme, round):
    actions.begin_round(programme, by=coordinator, now=timezone.now())

    with pytest.raises(Refused, match="being worked out"):
        actions.confirm_round(round, by=coordinator, now=timezone.now())
    with pytest.raises(Refused, match="running already"):
        actions.begin_round(programme, by=coordinator, now=timezone.now())


def test_what_ran_out_of_time_says_how_much_better_it_could_be(client, sign_in, coordinator, programme, monkeypatch):
    """The engine ends soon after its time with a bound that the checker agrees with."""
    monkeypatch.setattr(pricing, "EVERY_PAIR", 0)
    monkeypatch.setattr(pricing, "FIRST", 1)
    join_many(programme, 60)
    begun = actions.begin_round(programme, by=coordinator, now=timezone.now())
    sign_in(client, coordinator)

    worked = actions.work_out(begun, now=timezone.now(), seconds=-1)
    page = client.get(programme.url("matching:home")).content.decode()

    assert not worked.outcome["proved"]
    assert check(read_instance(worked.instance), worked.outcome) == []
    assert "the best that was found in the time" in page
    assert "No better round exists" not in page


@pytest.mark.parametrize("who", ["sponsor", "outsider", "administrator"])
def test_others_neither_see_nor_stop_what_is_running(client, sign_in, programme, begun, who, request):
    sign_in(client, request.getfixturevalue(who))

    assert client.get(programme.url("matching:running")).status_code == 404
    assert client.post(programme.url("matching:stop")).status_code == 404
    assert client.post(programme.url("matching:here")).status_code == 404
    assert Round.objects.get().is_running


def test_a_worker_works_a_large_round_out(celery_worker_process, monkeypatch):
    monkeypatch.setattr(running, "HERE", 0)
    organisation = cast.make_organisation()
    with tenancy.tenant(organisation):
        programme = cast.make_programme()
        cast.give_role(programme.created_by, "coordinator", programme)
        join_many(programme, 5)
        round = actions.run_round(programme, by=programme.created_by, now=timezone.now())
        assert round.is_running

    def is_done():
        with tenancy.tenant(organisation):
            return Round.objects.get(pk=round.pk).state == RoundState.PROPOSED

    wait_for(is_done, "The worker's round")
    with tenancy.tenant(organisation):
        assert len(queries.matches_of(round)) == Participant.objects.filter(role="mentee").count()
