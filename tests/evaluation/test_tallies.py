"""Counting so that nobody can be recognised, and judging figures against targets: arithmetic."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from evaluation.results import Figure, Reach, judge, summarise
from evaluation.tallies import hide_small, tally

OFTEN = SimpleNamespace(
    key="often",
    kind="choice",
    options=[{"key": "more", "label": "More"}, {"key": "right", "label": "Right"}, {"key": "less", "label": "Less"}],
)
OVERALL = SimpleNamespace(key="overall", kind="scale", options=[])
DUE = datetime.date(2027, 7, 30)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 7, "b": 9}, {"a": 7, "b": 9}),
        ({"a": 7, "b": 2, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 3, "b": 2, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 7, "b": 0}, {"a": 7, "b": 0}),
        ({"a": 11, "b": 2, "c": 0}, {"a": 11, "b": None, "c": None}),
        ({"a": 4}, {"a": None}),
    ],
)
def test_small_counts_cannot_be_worked_out(counts, shown):
    assert hide_small(counts) == shown


def test_four_answers_show_nothing():
    counted = tally(OVERALL, [{"overall": 5}] * 4)

    assert (counted.answered, counted.is_hidden, counted.mean, counted.high_share) == (4, True, None, None)


def test_five_answers_have_a_mean_and_a_share():
    counted = tally(OVERALL, [{"overall": value} for value in (5, 4, 4, 3, 1)])

    assert (counted.answered, counted.mean, counted.high_share) == (5, pytest.approx(3.4), 60)


def test_named_answers_may_be_few():
    assert tally(OVERALL, [{"overall": 4}], fewest=1).mean == 4


def test_what_is_no_answer_is_not_counted():
    counted = tally(OVERALL, [{"overall": 9}, {"overall": "5"}, {"overall": None}, {}, {"other": 3}, {"overall": 2}])

    assert counted.answered == 1


def test_choices_are_shown_by_their_words():
    counted = tally(OFTEN, [{"often": "right"}] * 8 + [{"often": "more"}] * 6)

    assert counted.shown == [("More", 6), ("Right", 8), ("Less", 0)]


def objective(target, baseline=None):
    return SimpleNamespace(target=Decimal(target), baseline=None if baseline is None else Decimal(baseline), due_on=DUE)


@pytest.mark.parametrize(
    ("target", "baseline", "value", "on", "word"),
    [
        (40, 26, 40, DUE, Reach.REACHED),
        (40, 26, 30, DUE, Reach.NEARER),
        (40, 26, 26, DUE, Reach.NOT_YET),
        (40, None, 30, DUE, Reach.NOT_YET),
        (40, 26, 30, DUE + datetime.timedelta(days=1), Reach.MISSED),
        (10, 20, 9, DUE, Reach.REACHED),
        (10, 20, 15, DUE, Reach.NEARER),
        (10, 20, 25, DUE, Reach.NOT_YET),
        (40, 26, None, DUE + datetime.timedelta(days=1), Reach.UNKNOWN),
    ],
)
def test_figure_is_judged_against_target_baseline_and_date(target, baseline, value, on, word):
    figure = Figure(None if value is None else Decimal(value), "")

    assert judge(objective(target, baseline), figure, on).reach == word


def results(*values):
    return [judge(objective(10), Figure(None if value is None else Decimal(value), ""), DUE) for value in values]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "No objectives are set yet."),
        ([None, None], "None of the 2 objectives has a figure yet."),
        ([10, 4], "1 of 2 objectives is reached."),
        ([10, 12, None], "2 of 3 objectives are reached; 1 has no figure yet."),
    ],
)
def test_summary_is_one_sentence(values, sentence):
    assert summarise(results(*values)) == sentence
