"""Short lists from which mentees choose for themselves."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.matching_people import make_document
from matching.engine import Suggestion, pricing, read_instance, scoring, solve, suggest

from . import instances

LISTS = st.one_of(instances.scored("total", mentees=5, mentors=4), instances.typed("total", mentees=5))


@settings(max_examples=40, deadline=None)
@given(document=LISTS, count=st.integers(1, 3))
def test_lists_hold_allowed_mentors_with_their_points(document, count):
    instance = read_instance(document)
    scores = {pair: score for pair, score in instances.list_scores(instance).items() if find_places(instance, pair)}

    lists = suggest(instance, count)

    assert list(lists) == sorted(mentee.id for mentee in instance.mentees)
    for mentee, suggestions in lists.items():
        mentors = [mentor for other, mentor in scores if other == mentee]
        assert len(suggestions) == min(count, len(mentors))
        assert len({suggestion.mentor for suggestion in suggestions}) == len(suggestions)
        assert all(scores[mentee, suggestion.mentor] == suggestion.points for suggestion in suggestions)


def find_places(instance, pair):
    return instance.find_mentor(pair[1]).capacity


@settings(max_examples=40, deadline=None)
@given(document=LISTS)
def test_everybody_who_can_be_matched_finds_that_mentor_first(document):
    instance = read_instance(document)

    lists = suggest(instance, 1)

    assert {mentee: lists[mentee][0].mentor for mentee, _ in solve(instance).pairs} == dict(solve(instance).pairs)


@settings(max_examples=30, deadline=None)
@given(document=LISTS)
def test_order_of_people_does_not_change_the_lists(document):
    shuffled = document | {
        side: random.Random(5).sample(document[side], len(document[side])) for side in ("mentees", "mentors")
    }

    assert suggest(read_instance(shuffled), 2) == suggest(read_instance(document), 2)


def test_mentor_whom_everybody_wants_comes_first_only_where_it_matters_most():
    scores = [["a", "star", 100], ["a", "plain", 90], ["b", "star", 95], ["b", "plain", 20]]
    document = {
        "mentees": [{"id": "a"}, {"id": "b"}],
        "mentors": [{"id": "star"}, {"id": "plain"}],
        "criteria": [{"kind": "pairs", "scores": scores}],
    }

    lists = suggest(read_instance(document), 2)

    assert lists == {
        "a": (Suggestion("plain", 90, 0), Suggestion("star", 100, 10)),
        "b": (Suggestion("star", 95, 10), Suggestion("plain", 20, 0)),
    }


def test_locked_people_and_places_are_not_suggested():
    document = {
        "mentees": [{"id": "a"}, {"id": "b"}],
        "mentors": [{"id": "x"}, {"id": "y"}, {"id": "none", "capacity": 0}],
        "criteria": [],
        "locked": [["a", "x"]],
    }

    assert suggest(read_instance(document), 5) == {"b": (Suggestion("y", 0, 0),)}


def test_equal_mentors_are_spread_over_the_lists():
    document = {
        "mentees": [{"id": f"m{row}"} for row in range(60)],
        "mentors": [{"id": f"n{column}"} for column in range(60)],
        "criteria": [],
    }

    lists = suggest(read_instance(document), 5)

    listed = [suggestion.mentor for suggestions in lists.values() for suggestion in suggestions]
    assert set(listed) == {f"n{column}" for column in range(60)}
    assert max(map(listed.count, listed)) < 20


@pytest.mark.parametrize("every_pair", [0, 10**9])
def test_lists_serve_nearly_everybody_who_comes_and_picks_the_most_points(monkeypatch, every_pair):
    monkeypatch.setattr(pricing, "EVERY_PAIR", every_pair)
    monkeypatch.setattr(scoring, "BLOCK", 10_000)
    monkeypatch.setattr(scoring, "ROWS", 1)
    instance = read_instance(make_document("T", 400))
    lists = suggest(instance, 5)
    left = {mentor.id: mentor.capacity for mentor in instance.mentors}

    for mentee in random.Random(1).sample(sorted(lists), len(lists)):
        free = [suggestion for suggestion in lists[mentee] if left[suggestion.mentor]]
        if free:
            left[max(free, key=lambda suggestion: suggestion.points).mentor] -= 1

    served = sum(mentor.capacity for mentor in instance.mentors) - sum(left.values())
    assert served / solve(instance, objective="total").matched >= 0.92
