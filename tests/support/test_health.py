"""How a partnership stands: arithmetic on dates."""

import datetime

import pytest

from mentoring.wording import say_rhythm
from programmes.support.health import Health, Signs, assess, say_since

START = datetime.date(2027, 1, 4)


def day(number: int) -> datetime.date:
    return START + datetime.timedelta(days=number)


def signs(**changed) -> Signs:
    """Every four weeks with a week of grace, for a year."""
    return Signs(
        **{"state": "active", "since": START, "ends_on": day(365), "cadence_days": 28, "grace_days": 7, **changed}
    )


@pytest.mark.parametrize(
    "on, health",
    [
        (0, Health.TOO_EARLY),
        (28, Health.TOO_EARLY),
        (29, Health.LATE),
        (35, Health.LATE),
        (36, Health.SILENT),
        (300, Health.SILENT),
    ],
)
def test_partners_who_never_met(on, health):
    assert assess(signs(), day(on)).health == health


@pytest.mark.parametrize(
    "on, health",
    [(50, Health.ON_TRACK), (78, Health.ON_TRACK), (79, Health.LATE), (85, Health.LATE), (86, Health.SILENT)],
)
def test_partners_who_met_on_the_fiftieth_day(on, health):
    assert assess(signs(last_met_on=day(50), meetings=1), day(on)).health == health


def test_a_date_they_set_keeps_silence_away_until_it_and_the_grace_have_passed():
    away = signs(last_met_on=day(50), next_on=day(120))

    assert [assess(away, day(on)).health for on in (86, 120, 121, 127, 128)] == [
        Health.ON_TRACK,
        Health.ON_TRACK,
        Health.LATE,
        Health.LATE,
        Health.SILENT,
    ]


def test_a_date_sooner_than_the_rhythm_does_not_make_them_late():
    assert assess(signs(last_met_on=day(50), next_on=day(57)), day(70)).health == Health.ON_TRACK


def test_a_partnership_that_returned_counts_from_its_return():
    assert assess(signs(since=day(100), last_met_on=day(10)), day(120)).health != Health.SILENT


def test_no_grace_at_all():
    assert [assess(signs(grace_days=0), day(on)).health for on in (28, 29)] == [Health.TOO_EARLY, Health.SILENT]


@pytest.mark.parametrize(
    "state, health", [("paused", Health.RESTING), ("ended", Health.ENDED), ("agreed", Health.TOO_EARLY)]
)
def test_only_active_partnerships_can_be_silent(state, health):
    assert assess(signs(state=state), day(300)).health == health


def test_the_last_four_weeks_call_for_a_closing_conversation():
    met = signs(last_met_on=day(336))

    assert [assess(met, day(on)).health for on in (336, 337, 364)] == [Health.ON_TRACK, Health.ENDING, Health.ENDING]
    assert assess(met, day(351)).reasons == ("14 days left: time for a closing conversation.",)


def test_silence_counts_for_more_than_an_end_in_sight():
    assert assess(signs(last_met_on=day(300)), day(340)).health == Health.SILENT


@pytest.mark.parametrize(
    "changed, on, needed",
    [
        ({}, 35, False),
        ({}, 36, True),
        ({"state": "agreed"}, 14, False),
        ({"state": "agreed"}, 15, True),
        ({"state": "paused"}, 300, False),
        ({"last_met_on": day(360)}, 365, False),
        ({"last_met_on": day(360)}, 366, True),
        ({"state": "ended"}, 366, False),
    ],
)
def test_when_the_coordinator_is_needed(changed, on, needed):
    assert assess(signs(**changed), day(on)).needs_you is needed


def test_reasons_are_words():
    met = signs(last_met_on=day(50))

    assert assess(met, day(79)).reasons == ("A meeting was due 1 day ago.",)
    assert assess(signs(), day(36)).reasons == ("No meeting yet: the first was due 8 days ago.",)
    assert assess(signs(next_on=day(60)), day(70)).reasons == (
        "They meant to meet on 5 March 2027; nothing is logged since.",
    )
    assert assess(signs(last_met_on=day(1), next_on=day(9)), day(9)).reasons == ("Next meeting on 13 January 2027.",)


def test_a_leap_day_is_a_day_like_any_other():
    leap = Signs("active", datetime.date(2028, 2, 1), datetime.date(2028, 12, 31), cadence_days=28, grace_days=0)

    assert leap.expected_on == datetime.date(2028, 2, 29)
    assert leap.silent_on == datetime.date(2028, 3, 1)


@pytest.mark.parametrize(
    "days, words", [(7, "every week"), (28, "every 4 weeks"), (1, "every day"), (10, "every 10 days")]
)
def test_a_rhythm_in_words(days, words):
    assert say_rhythm(days) == words


@pytest.mark.parametrize(
    "days, words", [(0, "today"), (1, "yesterday"), (13, "13 days ago"), (14, "2 weeks ago"), (63, "9 weeks ago")]
)
def test_how_long_ago_in_words(days, words):
    assert say_since(START, day(days)) == words
