"""Ranked choices first: nobody's other answers outweigh somebody's first choice."""

import pytest
from hypothesis import given, settings

from matching.engine import Fault, check, explain_pair, read_instance, solve

from . import instances


def count_choices(instance, pairs):
    """The points of choices, and all of them."""
    reasons = [explain_pair(instance, *pair) for pair in pairs]
    kinds = [type(criterion).__name__ for criterion in instance.criteria]
    chosen = sum(
        criterion["points"]
        for reason in reasons
        for kind, criterion in zip(kinds, reason["criteria"], strict=True)
        if kind == "Choices"
    )
    return chosen, sum(reason["score"] for reason in reasons)


@settings(max_examples=80, deadline=None)
@given(document=instances.typed("ranked"))
def test_choices_come_first_and_then_the_total(document):
    instance = read_instance(document)

    outcome = solve(instance)

    best = max((len(pairs), *count_choices(instance, pairs)) for pairs in instances.list_assignments(instance))
    assert (outcome.matched, *count_choices(instance, outcome.pairs)) == best
    assert outcome.total == best[2]
    assert check(instance, outcome) == []


def test_a_first_choice_outweighs_every_other_answer():
    document = {
        "attributes": {"choices": {"kind": "people"}},
        "mentees": [{"id": "a", "values": {"choices": ["x"]}}, {"id": "b"}],
        "mentors": [{"id": "x"}, {"id": "y"}],
        "criteria": [
            {"kind": "choices", "attribute": "choices", "side": "mentee", "weight": 1},
            {"kind": "pairs", "scores": [["a", "y", 1000], ["b", "x", 1000]], "weight": 100},
        ],
    }
    ranked, total = (read_instance(document | {"objective": objective}) for objective in ("ranked", "total"))

    assert solve(ranked).pairs == (("a", "x"), ("b", "y"))
    assert solve(total).pairs == (("a", "y"), ("b", "x"))
    assert check(ranked, solve(total).as_document() | {"objective": "ranked"}) != []


def test_more_than_can_be_added_up_is_refused():
    document = {
        "mentees": [{"id": id} for id in "abcdefghij"],
        "mentors": [{"id": "x"}],
        "attributes": {"choices": {"kind": "people"}},
        "criteria": [
            {"kind": "choices", "attribute": "choices", "side": "mentee"},
            {"kind": "pairs", "scores": [["a", "x", 10**9]], "weight": 100},
        ],
        "objective": "ranked",
    }

    with pytest.raises(Fault, match="objective: so many people"):
        solve(read_instance(document))
