"""Matching again when something has changed: as good as from nothing, changing little, and saying what changes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.matching_people import make_document
from matching.engine import Fault, check, peaks, pricing, read_instance, rerun, scanning, scoring, solve

from . import instances

OBJECTIVES = ["fair", "total", "stable"]


@pytest.fixture
def few_pairs(monkeypatch):
    monkeypatch.setattr(pricing, "EVERY_PAIR", 0)
    monkeypatch.setattr(pricing, "FIRST", 1)
    monkeypatch.setattr(scanning, "MORE", 1)
    monkeypatch.setattr(scoring, "BLOCK", 7)
    monkeypatch.setattr(scoring, "ROWS", 1)
    monkeypatch.setattr(peaks, "GROUPS", 1)


@pytest.mark.parametrize("objective", OBJECTIVES)
@settings(max_examples=35, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_from_any_other_outcome_the_answer_is_the_best(few_pairs, objective, data):
    before = solve(read_instance(data.draw(instances.scored(data.draw(st.sampled_from(OBJECTIVES))))))
    document = data.draw(instances.scored(objective))

    again = rerun(document, before)

    cold = solve(again.instance)
    assert instances.figures(again.outcome) == instances.figures(cold)
    assert check(read_instance(document), again.outcome) == []
    assert again.cost == 0


@settings(max_examples=35, deadline=None)
@given(data=st.data(), keep=st.integers(0, 2000))
def test_everybody_is_told_what_changes_for_them(data, keep):
    document = data.draw(instances.scored("total", least=(1, 0)))
    before = solve(read_instance(document))
    document["mentees"] = [*document["mentees"][1:], {"id": "late"}]
    document["criteria"][0]["scores"] = [row for row in document["criteria"][0]["scores"] if row[0] != "m0"]

    again = rerun(document, before.as_document(), keep=keep)

    old, new = dict(before.pairs), dict(again.outcome.pairs)
    changed = {id: (one, other) for id, one, other in again.changes}
    assert {id for id in old if new.get(id) == old[id]} == set(again.keeps)
    assert {id: (old[id], new[id]) for id in old if id in new and new[id] != old[id]} == changed
    assert set(again.gains) == new.keys() - old.keys()
    assert set(again.loses) | set(again.gone) == old.keys() - new.keys()
    assert set(again.gone) == old.keys() & {"m0"}


@settings(max_examples=35, deadline=None)
@given(data=st.data(), keep=st.integers(1, 2000))
def test_cost_of_keeping_is_what_the_best_without_has_more(data, keep):
    document = data.draw(instances.scored("total"))
    before = solve(read_instance(document))
    document["criteria"][0]["scores"] = document["criteria"][0]["scores"][1:]

    again = rerun(document, before, keep=keep)

    scores = instances.list_scores(read_instance(document))
    matched, total, _ = instances.find_best(document)
    assert again.outcome.matched == matched
    assert again.cost == total - sum(scores[pair] for pair in again.outcome.pairs)
    assert check(again.instance, again.outcome) == []


def test_more_points_for_last_time_move_fewer_people():
    document = make_document("T", 300)
    before = solve(read_instance(document))
    document["mentees"] = document["mentees"][6:]
    document["criteria"][0]["weight"] = 16

    moved = [len(rerun(document, before, keep=keep).changes) for keep in (0, 2000, 20000)]

    assert moved[0] > moved[1] > moved[2]


def test_locked_pairs_stay_when_matched_again():
    document = make_document("T", 60)
    before = solve(read_instance(document))
    locked = [list(pair) for pair in before.pairs[:20]]
    document |= {"mentees": [*document["mentees"][:40], {"id": "late"}], "locked": []}
    here = {person["id"] for person in document["mentees"]}
    document["locked"] = [pair for pair in locked if pair[0] in here]

    again = rerun(document, before)

    assert {pair[0] for pair in document["locked"]} <= set(again.keeps)
    assert "late" in {*again.gains, *again.outcome.unmatched}


def test_negative_points_for_keeping_are_a_fault():
    document = {"mentees": [{"id": "a"}], "mentors": [{"id": "x"}], "criteria": []}

    with pytest.raises(Fault, match="keep: expected points"):
        rerun(document, solve(read_instance(document)), keep=-1)
