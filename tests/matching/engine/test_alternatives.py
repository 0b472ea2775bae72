"""What insisting on a pair costs, and what one more place would bring: the same as solving again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.matching_people import make_document
from matching.engine import Alternatives, Cost, Fault, insist, read_instance, solve
from matching.engine import alternatives as alternatives_of
from matching.engine.people import Person

from . import instances


def difference(one, other):
    return Cost(one.matched - other.matched, one.total - other.total)


@pytest.mark.parametrize("nearest", [0, 1, 40])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=st.one_of(instances.scored("total", mentees=5, mentors=4), instances.typed("total", mentees=5)))
def test_cost_of_insisting_is_that_of_solving_with_the_lock(monkeypatch, nearest, document):
    monkeypatch.setattr(alternatives_of, "NEAREST", nearest)
    instance = read_instance(document)
    best = solve(instance)
    alternatives = Alternatives(instance)

    for mentee in instance.mentees:
        costs = alternatives.cost_mentors(mentee.id)
        for mentor in instance.mentors:
            refused = (mentee.id, mentor.id) not in instances.list_scores(instance) or mentor.capacity == 0
            assert (mentor.id in costs) is not refused
            if not refused:
                locked = read_instance(document | {"locked": [[mentee.id, mentor.id]]})
                assert costs[mentor.id] == difference(best, solve(locked))
                assert alternatives.cost_pair(mentee.id, mentor.id) == costs[mentor.id]


@settings(max_examples=30, deadline=None)
@given(
    document=st.one_of(instances.scored("total", mentees=5, least=(0, 1)), instances.typed("total", mentees=5)),
    data=st.data(),
)
def test_worth_of_a_place_is_that_of_solving_with_it(document, data):
    instance = read_instance(document)
    mentor = data.draw(st.sampled_from(document["mentors"]))
    more = [each | {"capacity": each["capacity"] + (each is mentor)} for each in document["mentors"]]

    worth = Alternatives(instance).value_places()[mentor["id"]]

    assert worth == difference(solve(read_instance(document | {"mentors": more})), solve(instance))


@settings(max_examples=30, deadline=None)
@given(document=instances.typed("total", mentees=5))
def test_worth_of_a_newcomer_is_that_of_solving_with_them(document):
    *others, newcomer = document["mentors"]
    without = read_instance(document | {"mentors": others, "excluded": []})
    together = read_instance(document | {"mentors": [*others, newcomer | {"capacity": 1}], "excluded": []})
    values = together.find_mentor(newcomer["id"]).values

    worth = Alternatives(without).value_mentors([Person(newcomer["id"], 1, values)])

    assert worth[newcomer["id"]] == difference(solve(together), solve(without))


def test_costs_in_a_large_instance_are_those_of_solving_with_the_lock():
    document = make_document("T", 300)
    instance = read_instance(document)
    best, alternatives = solve(instance), Alternatives(instance)

    for mentee in ("m3", "m77", best.unmatched[0]):
        costs = alternatives.cost_mentors(mentee)
        for mentor in sorted(costs)[::40]:
            assert costs[mentor] == difference(best, solve(read_instance(document | {"locked": [[mentee, mentor]]})))


@pytest.mark.parametrize("objective", ["fair", "total", "stable"])
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_insisting_says_what_changes_for_whom(objective, data):
    document = data.draw(instances.scored_with_a_pair(objective))
    instance = read_instance(document)
    pairs = [pair for pair in instances.list_scores(instance) if instance.find_mentor(pair[1]).capacity]
    mentee, mentor = data.draw(st.sampled_from(sorted(pairs)))
    before = solve(instance)

    change = insist(instance, before, mentee, mentor)

    after = solve(read_instance(document | {"locked": [[mentee, mentor]]}))
    moved = {id: (old, new) for id, old, new in change.moves}
    expected = dict(before.pairs) | {id: new for id, (_, new) in moved.items()}
    assert {id: new for id, new in expected.items() if new} == dict(after.pairs)
    assert (change.matched, change.total) == (after.matched - before.matched, after.total - before.total)


def test_insisting_against_a_rule_or_a_lock_is_refused():
    document = {
        "mentees": [{"id": "a"}, {"id": "b"}],
        "mentors": [{"id": "x"}, {"id": "y"}],
        "criteria": [],
        "excluded": [["a", "y"]],
        "locked": [["b", "x"]],
    }
    instance = read_instance(document)

    with pytest.raises(Fault, match="a hard rule forbids it: they were excluded by hand"):
        insist(instance, solve(instance), "a", "y")
    with pytest.raises(Fault, match="every place with 'x' is locked for somebody else"):
        insist(instance, solve(instance), "a", "x")
