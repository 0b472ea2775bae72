"""Reasons in words and numbers, recomputed from the criteria."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching.engine
from matching.engine import explain_pair, explain_unmatched, read_instance, solve

from . import instances

EXAMPLE = json.loads((Path(matching.engine.__file__).parent / "example" / "instance.json").read_text())


@settings(max_examples=50, deadline=None)
@given(document=instances.typed("fair"))
def test_points_of_the_reasons_add_up_to_the_score(document):
    instance = read_instance(document)
    outcome = solve(instance)

    reasons = [explain_pair(instance, *pair) for pair in outcome.pairs]

    assert sum(reason["score"] for reason in reasons) == outcome.total
    for reason, points in zip(reasons, outcome.points, strict=True):
        assert [criterion["points"] for criterion in reason["criteria"]] == list(points)
        assert all(0 <= criterion["points"] <= criterion["most"] for criterion in reason["criteria"])
        assert reason["allowed"]


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_figures_for_the_unmatched_are_those_of_the_rules_one_by_one(data):
    document = data.draw(instances.typed("fair"))
    instance = read_instance(document)
    outcome = solve(instance)
    for mentee in outcome.unmatched:
        why = explain_unmatched(instance, mentee, outcome.loads)
        mentors = [mentor for mentor in instance.mentors if mentor.capacity]
        broken = {mentor.id: explain_pair(instance, mentee, mentor.id)["broken"] for mentor in mentors}
        free = {mentor.id for mentor in mentors if outcome.loads[mentor.id] < mentor.capacity}

        assert why["fitting"] == len(why["full"]) == sum(not reasons for reasons in broken.values())
        for rule in why["rules"]:
            assert rule["removes"] >= rule["alone"] >= len(rule["free"])
            assert set(rule["free"]) <= free & {id for id, reasons in broken.items() if reasons == [rule["reason"]]}


@pytest.mark.parametrize(
    ("mentee", "mentor", "words"),
    [
        ("amina", "xenia", ["2 of 2: leading a team, public speaking", "both energy", "22 miles apart"]),
        ("bryn", "yusuf", ["1 of 1: budgets", "both water", "193 miles apart"]),
        ("chloe", "yusuf", ["1 of 2: budgets", "energy and water", "22 miles apart"]),
    ],
)
def test_reasons_are_said_in_words(mentee, mentor, words):
    reasons = explain_pair(read_instance(EXAMPLE), mentee, mentor)

    assert [criterion["words"] for criterion in reasons["criteria"]] == words


def test_every_kind_of_criterion_has_words():
    people = {"sector": "law", "skills": ["teams"], "years": 3, "level": "new", "home": "York"}
    people |= {"choices": ["n0"], "about": "I want to design solar roofs for schools"}
    other = {
        "sector": "law",
        "skills": [],
        "years": 5,
        "level": "senior",
        "home": "Leeds",
        "about": "Solar design, bridges",
    }
    document = {
        "attributes": instances.ATTRIBUTES,
        "places": instances.PLACES,
        "mentees": [{"id": "m0", "values": people}],
        "mentors": [{"id": "n0", "values": other}],
        "criteria": [*instances.CRITERIA, {"kind": "pairs", "scores": [["m0", "n0", 12]]}],
    }

    reasons = explain_pair(read_instance(document), "m0", "n0")

    assert [criterion["words"] for criterion in reasons["criteria"]] == [
        "both law", "not answered", "not answered", "both mention design, solar", "22 miles apart", "2 ahead",
        "2 ahead", "both law", "choice 1 of 1", "not chosen", "12",
    ]  # fmt: skip


def test_the_only_rule_in_the_way_names_the_mentors_with_a_place_left():
    document = {
        "attributes": {"team": {"kind": "category"}},
        "mentees": [{"id": "a", "values": {"team": "red"}}],
        "mentors": [{"id": "x", "values": {"team": "red"}}, {"id": "y", "capacity": 0}],
        "criteria": [],
        "rules": [{"kind": "differ", "attribute": "team", "reason": "they are in the same team"}],
    }
    instance = read_instance(document)

    assert explain_unmatched(instance, "a", solve(instance).loads) == {
        "mentee": "a",
        "mentors": 1,
        "without_places": 1,
        "rules": [{"reason": "they are in the same team", "removes": 1, "alone": 1, "free": ["x"]}],
        "fitting": 0,
        "full": [],
    }
