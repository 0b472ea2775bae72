"""The engine finds what trying every assignment finds, and proves it."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching.engine import check, read_instance, solve

from . import instances

OBJECTIVES = ["fair", "total"]


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_explicit_scores_are_matched_as_by_trying_everything(objective, data):
    document = data.draw(instances.scored(objective))

    outcome = solve(read_instance(document))

    assert instances.figures(outcome) == instances.find_best(document)
    assert check(read_instance(document), outcome) == []


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_typed_people_are_matched_as_by_trying_everything(objective, data):
    document = data.draw(instances.typed(objective))

    outcome = solve(read_instance(document))

    assert instances.figures(outcome) == instances.find_best(document)
    assert check(read_instance(document), outcome) == []


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_locked_pairs_are_kept_and_the_rest_is_best(data):
    document = data.draw(instances.scored(data.draw(st.sampled_from(OBJECTIVES)), mentees=4))
    assignments = [pairs for pairs in instances.list_assignments(read_instance(document)) if pairs]
    if assignments:
        document["locked"] = [list(pair) for pair in data.draw(st.sampled_from(assignments))[:2]]

    outcome = solve(read_instance(document))

    assert {tuple(pair) for pair in document.get("locked", [])} <= set(outcome.pairs)
    assert instances.figures(outcome) == instances.find_best(document)
    assert check(read_instance(document), outcome) == []


@pytest.mark.parametrize("size", [20, 60])
def test_total_equals_scipy_on_the_dense_matrix(size):
    rng = np.random.default_rng(size)
    scores = rng.integers(0, 5000, (size, size // 2))
    allowed = rng.random(scores.shape) < 0.3
    capacity = rng.integers(0, 4, size // 2)
    document = {
        "mentees": [{"id": str(row)} for row in range(size)],
        "mentors": [{"id": str(column), "capacity": int(places)} for column, places in enumerate(capacity)],
        "criteria": [
            {
                "kind": "pairs",
                "missing": "forbidden",
                "scores": [[str(row), str(column), int(scores[row, column])] for row, column in np.argwhere(allowed)],
            }
        ],
        "objective": "total",
    }
    value = np.where(allowed, scores + 10**7, 0).repeat(capacity, axis=1)

    outcome = solve(read_instance(document))

    rows, columns = linear_sum_assignment(value, maximize=True)
    best = int(value[rows, columns].sum())
    assert (outcome.matched, outcome.total) == (best // 10**7, best % 10**7)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_order_of_people_changes_nothing(data):
    document = data.draw(instances.typed(data.draw(st.sampled_from([*OBJECTIVES, "stable"]))))
    shuffled = document | {
        side: random.Random(5).sample(document[side], len(document[side])) for side in ("mentees", "mentors")
    }

    assert solve(read_instance(shuffled)) == solve(read_instance(document))


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_one_more_place_never_matches_fewer(data):
    document = data.draw(instances.scored("fair"))
    before = solve(read_instance(document)).matched
    for mentor in document["mentors"][:1]:
        mentor["capacity"] += 1

    assert solve(read_instance(document)).matched >= before


def test_one_isolated_person_does_not_pin_the_floor_for_everybody():
    scores = [["lone", "x", 1], ["a", "y", 50], ["a", "z", 90], ["b", "y", 40], ["b", "z", 90], ["b", "x", 5]]
    document = {
        "mentees": [{"id": id} for id in ("lone", "a", "b")],
        "mentors": [{"id": id} for id in ("x", "y", "z")],
        "criteria": [{"kind": "pairs", "scores": scores, "missing": "forbidden"}],
    }

    outcome = solve(read_instance(document))

    assert outcome.pairs == (("a", "y"), ("b", "z"), ("lone", "x"))
    assert [stage["level"] for stage in outcome.certificate["stages"] if stage["aim"] == "floor"] == [1, 50]


def test_fair_lifts_the_worst_off_before_the_total():
    document = {
        "mentees": [{"id": "a"}, {"id": "b"}],
        "mentors": [{"id": "x"}, {"id": "y"}],
        "criteria": [{"kind": "pairs", "scores": [["a", "x", 100], ["b", "y", 1], ["a", "y", 40], ["b", "x", 40]]}],
    }

    fair, total = (solve(read_instance(document), objective=objective) for objective in OBJECTIVES)

    assert (fair.total, fair.worst) == (80, 40)
    assert (total.total, total.worst) == (101, 1)
