"""An outcome that was damaged, or is not the best, does not check."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.matching_people import make_document
from matching.engine import check, read_instance, solve

from . import instances
from .test_reading import list_spots

OBJECTIVES = ["fair", "total", "ranked", "stable"]


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_damaged_outcome_never_checks(data):
    instance = read_instance(data.draw(instances.scored(data.draw(st.sampled_from(OBJECTIVES)))))
    outcome = solve(instance)
    document = copy.deepcopy(plain(outcome.as_document()))
    *way, last = data.draw(st.sampled_from(list(list_spots(document))))
    inner = document
    for key in way:
        inner = inner[key]
    inner[last] = data.draw(instances.damages(inner[last]))

    assert check(instance, outcome) == []
    assert check(instance, document) != [] or tells_the_same(document, plain(outcome.as_document()))


def tells_the_same(changed, outcome):
    """Another proof of the same pairs and figures is no damage."""
    figures = [name for name in outcome if name != "certificate"]
    return all(repr(changed[name]) == repr(outcome[name]) for name in figures)


def plain(value):
    if isinstance(value, dict):
        return {name: plain(entry) for name, entry in value.items()}
    return [plain(entry) for entry in value] if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize("objective", ["fair", "total"])
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_no_other_assignment_borrows_the_proof(objective, data):
    instance = read_instance(data.draw(instances.scored(objective, mentees=3)))
    best = solve(instance)
    pairs = data.draw(st.sampled_from(list(instances.list_assignments(instance))))
    scores = instances.list_scores(instance)
    found = [scores[pair] for pair in pairs]
    loads = {mentor.id: sum(pair[1] == mentor.id for pair in pairs) for mentor in instance.mentors}
    other = best.as_document() | {
        "pairs": pairs,
        "matched": len(pairs),
        "total": sum(found),
        "worst": min(found, default=None),
        "loads": loads,
        "unmatched": sorted({mentee.id for mentee in instance.mentees} - {mentee for mentee, _ in pairs}),
        "points": [[score] for score in found],
    }

    reasons = check(instance, other)

    worst = min(found, default=None) if objective == "fair" else None
    assert reasons or (len(pairs), sum(found), worst) == instances.figures(best)


def test_outcome_of_another_instance_does_not_check():
    document = {"mentees": [{"id": "a"}], "mentors": [{"id": "x"}], "criteria": []}
    other = read_instance(document | {"name": "another"})

    assert check(other, solve(read_instance(document))) == ["the outcome belongs to another instance"]


def test_fewer_matched_with_a_higher_floor_does_not_check():
    document = {
        "mentees": [{"id": "a"}, {"id": "b"}],
        "mentors": [{"id": "x"}, {"id": "y"}],
        "criteria": [{"kind": "pairs", "scores": [["a", "x", 9], ["b", "y", 1]], "missing": "forbidden"}],
    }
    instance = read_instance(document)
    richer = {
        "pairs": [["a", "x"]],
        "matched": 1,
        "total": 9,
        "worst": 9,
        "proved": True,
        "certificate": {
            "input": instance.digest,
            "stages": [
                {"aim": "matched", "mentees": {"a": 1}, "mentors": {}},
                {"aim": "floor", "level": 9, "mentees": {}, "mentors": {}},
                {"aim": "total", "mentees": {"a": 9}, "mentors": {}},
            ],
        },
    }

    assert check(instance, richer) == ["the matched: a pair is worth more than its prices"]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_stable_outcome_leaves_no_two_who_would_rather(data):
    instance = read_instance(data.draw(instances.typed("stable")))

    outcome = solve(instance)

    assert check(instance, outcome) == []


def test_stable_may_match_fewer_than_the_best():
    scores = [["a", "x", 9], ["a", "y", 5], ["b", "x", 5]]
    document = {
        "mentees": [{"id": "a"}, {"id": "b"}],
        "mentors": [{"id": "x"}, {"id": "y"}],
        "criteria": [{"kind": "pairs", "scores": scores, "missing": "forbidden"}],
    }
    instance = read_instance(document)

    assert solve(instance, objective="stable").pairs == (("a", "x"),)
    assert solve(instance).pairs == (("a", "y"), ("b", "x"))
    assert check(instance, solve(instance), objective="stable") != []


def test_best_total_that_the_floors_are_measured_by_must_be_reached():
    instance = read_instance(make_document("T", 250))
    document = plain(solve(instance, objective="fair").as_document())
    stages = document["certificate"]["stages"]
    best = stages[1]
    mentee, other = sorted(best["match"])[:2]

    assert check(instance, document, objective="fair") == []
    for damage in (
        {"mentees": best["mentees"] | {mentee: best["mentees"][mentee] + 10**6}},
        {"match": best["match"] | {mentee: best["match"][other]}},
        {"match": {id: mentor for id, mentor in best["match"].items() if id != mentee}},
        {"match": best["match"] | {mentee: "stranger"}},
    ):
        stages[1] = best | damage
        assert check(instance, document, objective="fair") != []
    stages[1:2] = []
    assert check(instance, document, objective="fair") == [
        "the stages are not: matched, the best where it is asked for, floors, total"
    ]


def test_floor_that_could_be_higher_does_not_check():
    scores = [["a", "x", 50], ["a", "y", 40], ["b", "x", 45], ["b", "y", 30]]
    document = {
        "mentees": [{"id": "a"}, {"id": "b"}],
        "mentors": [{"id": "x"}, {"id": "y"}],
        "criteria": [{"kind": "pairs", "scores": scores}],
    }
    instance = read_instance(document)
    fair = plain(solve(instance).as_document())
    lower = fair | {"certificate": plain(fair["certificate"])}

    assert fair["worst"] == 40
    for stage in lower["certificate"]["stages"]:
        if stage["aim"] == "floor":
            stage["level"] -= 1
    assert check(instance, lower) != []
