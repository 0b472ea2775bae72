"""Large instances look at a few pairs only, and find what looking at all of them finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.matching_people import make_document
from matching.engine import cheapest_flow, check, floors, peaks, pricing, read_instance, scanning, scoring, solve

from . import instances

OBJECTIVES = ["fair", "total"]


@pytest.fixture(params=["with OR-Tools", "SciPy alone"], autouse=True)
def solver(monkeypatch, request):
    """Both ways to the best assignment on a list of pairs."""
    if request.param == "SciPy alone":
        monkeypatch.setattr(cheapest_flow, "load_solver", lambda: None)
    else:
        assert cheapest_flow.load_solver() is not None


@pytest.fixture
def few_pairs(monkeypatch):
    """The way of large instances, with one pair for each mentee to begin with and blocks of a few rows."""
    monkeypatch.setattr(pricing, "EVERY_PAIR", 0)
    monkeypatch.setattr(pricing, "FIRST", 1)
    monkeypatch.setattr(scanning, "MORE", 1)
    monkeypatch.setattr(scoring, "BLOCK", 7)
    monkeypatch.setattr(scoring, "ROWS", 1)
    monkeypatch.setattr(peaks, "GROUPS", 1)


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("kind", [instances.scored, instances.typed])
def test_few_pairs_give_the_best_of_all(few_pairs, kind, objective):
    @settings(max_examples=50, deadline=None)
    @given(document=kind(objective))
    def run(document):
        outcome = solve(read_instance(document))

        assert instances.figures(outcome) == instances.find_best(document)
        assert check(read_instance(document), outcome) == []

    run()


@pytest.mark.parametrize("kind", [instances.scored, instances.typed])
def test_floors_cost_no_more_than_their_share_where_many_are_matched(few_pairs, monkeypatch, kind):
    monkeypatch.setattr(floors, "MANY", 2)
    monkeypatch.setattr(floors, "SHARE", 4)

    @settings(max_examples=40, deadline=None)
    @given(document=kind("fair"))
    def run(document):
        outcome = solve(read_instance(document))

        assert instances.figures(outcome) == instances.find_best(document)
        assert check(read_instance(document), outcome) == []

    run()


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_outcome_is_the_same_byte_for_byte_with_either_solver(monkeypatch, objective):
    instance = read_instance(make_document("T", 250))
    one = solve(instance, objective=objective)

    monkeypatch.setattr(cheapest_flow, "load_solver", lambda: None)
    other = solve(instance, objective=objective)

    assert one.as_document() == other.as_document()


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("shape", ["T", "S", "Q"])
def test_structured_instance_is_proved_either_way(monkeypatch, shape, objective):
    instance = read_instance(make_document(shape, 300))
    quick = solve(instance, objective=objective)

    monkeypatch.setattr(pricing, "EVERY_PAIR", 10**9)
    slow = solve(instance, objective=objective)

    assert check(instance, quick, objective=objective) == []
    assert (quick.matched, quick.total, quick.worst) == (slow.matched, slow.total, slow.worst)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4), st.booleans())
def test_instance_where_everybody_fits_everybody_equally_well(capacity, everybody):
    document = {
        "mentees": [{"id": f"m{row}"} for row in range(200)],
        "mentors": [{"id": f"n{column}", "capacity": capacity} for column in range(200 if everybody else 50)],
        "criteria": [],
    }

    outcome = solve(read_instance(document))

    assert outcome.matched == min(200, capacity * (200 if everybody else 50))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_scores_by_matrix_product_are_those_of_the_criteria(data):
    instance = read_instance(data.draw(st.one_of(instances.scored("fair"), instances.typed("fair"))))
    field = scoring.Field(instance)
    block = field.score(slice(0, len(field.mentees)))
    expected = instances.list_scores(instance)

    found = {
        (mentee.id, mentor.id): int(block[row, column])
        for row, mentee in enumerate(field.mentees)
        for column, mentor in enumerate(field.mentors)
        if block[row, column] > field.lowest
    }

    assert found == {pair: score for pair, score in expected.items() if instance.find_mentor(pair[1]).capacity}


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("kind", [instances.scored, instances.typed])
def test_when_the_time_is_up_the_bound_holds(few_pairs, kind, objective):
    @settings(max_examples=40, deadline=None)
    @given(document=kind(objective), lock=st.booleans())
    def run(document, lock):
        pairs = list(instances.list_assignments(read_instance(document)))[-1][:1]
        document |= {"locked": [list(pair) for pair in pairs]} if lock else {}
        instance = read_instance(document)
        matched, total, _ = instances.find_best(document | {"objective": "total"})

        outcome = solve(instance, seconds=-1)

        assert check(instance, outcome) == []
        assert outcome.proved or outcome.matched <= matched <= outcome.bound["matched"]
        assert outcome.proved or total <= outcome.bound["total"]

    run()


def test_when_the_time_is_up_a_better_bound_is_not_believed(few_pairs):
    instance = read_instance(make_document("T", 40))
    outcome = solve(instance, seconds=-1)
    document = outcome.as_document()

    assert not outcome.proved
    assert check(instance, document) == []
    for aim in ("matched", "total"):
        assert check(instance, document | {"bound": {**document["bound"], aim: document["bound"][aim] - 1}}) != []
    assert check(instance, document | {"proved": True, "bound": None}) != []
