"""What would give somebody a mentor, who has to wait whatever is done, and whom to look for: all as solving again says."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching.engine
from matching.engine import Fault, find_repairs, find_shortages, read_instance, solve, value_answers

from . import instances

EXAMPLE = Path(matching.engine.__file__).parent / "example"
CITIES = {
    "York": {"lat": 53.96, "lon": -1.08},
    "Leeds": {"lat": 53.8, "lon": -1.55},
    "Hull": {"lat": 53.74, "lon": -0.33},
}
WITHIN = {"kind": "distance", "name": "travel", "attribute": "home", "at_most": 10, "unit": "miles"}


def people(side, **homes):
    return [{"id": id, "values": {"home": home}} for id, home in homes.items()]


def two_towns(**changes):
    """Two mentees and one mentor in York, a mentor in Leeds: who waits in York would have to go to Leeds."""
    return {
        "attributes": {"home": {"kind": "place"}},
        "places": CITIES,
        "mentees": people("mentee", amina="York", bryn="York"),
        "mentors": people("mentor", xenia="York", yusuf="Leeds"),
        "criteria": [{"kind": "distance", "attribute": "home", "far": 100, "unit": "miles"}],
        "rules": [WITHIN],
    } | changes


def say(document):
    instance = read_instance(document)
    outcome = solve(instance)
    repairs = find_repairs(instance, outcome, outcome.unmatched[0])
    return outcome.unmatched[0], [repair.as_document(str.title) for repair in repairs]


def test_widening_the_distance_says_how_far_and_what_it_changes():
    waiting, repairs = say(two_towns())

    assert [(repair["kind"], repair["words"], repair["effect"]) for repair in repairs] == [
        ("place", "Ask Xenia to take one more", f"{waiting.title()} would have Xenia; nobody else would change"),
        ("widen", "Allow 22 miles instead of 10", f"{waiting.title()} would have Yusuf; nobody else would change"),
        (
            "swap",
            f"Give {waiting.title()} a place with Xenia",
            f"{waiting.title()} would have Xenia; {'Amina' if waiting == 'bryn' else 'Bryn'} would wait instead",
        ),
    ]
    assert repairs[1] | {"words": "", "effect": ""} == {
        "kind": "widen",
        "mentee": waiting,
        "mentor": "yusuf",
        "rule": "travel",
        "to": 22,
        "locked": None,
        "words": "",
        "effect": "",
        "change": {"matched": 1, "total": 780, "worst": -220, "moves": ((waiting, None, "yusuf"),)},
    }


def test_somebody_else_may_be_the_one_to_travel():
    """Bryn in Hull is 34 miles from York and 50 from Leeds: nearer, when Amina goes to Leeds for him."""
    document = two_towns(mentees=people("mentee", amina="York", bryn="Hull"))

    waiting, repairs = say(document)

    assert (waiting, repairs[-1]["kind"], repairs[-1]["to"]) == ("bryn", "widen", 34)
    assert repairs[-1]["effect"] == "Bryn would have Xenia; 1 other person would change mentor"


def test_wishes_and_the_line_of_management_are_never_offered_for_giving_up():
    wish = {"kind": "wish", "by": "mentee", "mentee": "wish", "mentor": "gender"}
    document = {
        "attributes": {"wish": {"kind": "category"}, "gender": {"kind": "category"}},
        "mentees": [{"id": "a", "values": {"wish": "woman"}}],
        "mentors": [{"id": "x", "values": {"gender": "man"}}, {"id": "boss", "values": {"gender": "woman"}}],
        "criteria": [],
        "rules": [wish, {"kind": "line", "managers": {"a": "boss"}}],
    }

    assert say(document) == ("a", [])


def test_a_wish_that_its_author_does_not_hold_firm_can_be_given_up():
    wish = {"kind": "wish", "by": "mentee", "mentee": "wish", "mentor": "gender", "firm": False}
    document = {
        "attributes": {"wish": {"kind": "category"}, "gender": {"kind": "category"}},
        "mentees": [{"id": "a", "values": {"wish": "woman"}}],
        "mentors": [{"id": "x", "values": {"gender": "man"}}],
        "criteria": [],
        "rules": [wish | {"reason": "the mentee asked for somebody else"}],
    }

    (repair,) = say(document)[1]

    assert (repair["kind"], repair["words"]) == ("relax", "Match people although the mentee asked for somebody else")


def test_a_lock_that_stands_in_the_way_is_named():
    document = two_towns(
        mentees=people("mentee", amina="York", bryn="York"),
        mentors=people("mentor", xenia="York", yusuf="Leeds"),
        rules=[{"kind": "conflict", "pairs": [["bryn", "yusuf"]]}],
        locked=[["amina", "xenia"]],
    )

    waiting, repairs = say(document)

    assert waiting == "bryn"
    assert [(one["kind"], one["words"], one["effect"]) for one in repairs if one["kind"] == "release"] == [
        ("release", "Unlock Amina with Xenia", "Bryn would have Xenia; 1 other person would change mentor")
    ]


def test_somebody_with_a_mentor_needs_no_repair():
    instance = read_instance(two_towns())
    outcome = solve(instance)

    with pytest.raises(Fault):
        find_repairs(instance, outcome, outcome.pairs[0][0])


def with_more_places(document, mentor):
    more = [each | {"capacity": each.get("capacity", 1) + (each["id"] == mentor)} for each in document["mentors"]]
    return document | {"mentors": more}


@settings(max_examples=40, deadline=None)
@given(document=instances.typed("total", mentees=5), data=st.data())
def test_every_repair_changes_what_solving_again_changes(document, data):
    instance = read_instance(document)
    outcome = solve(instance)
    for waiting in outcome.unmatched:
        for repair in find_repairs(instance, outcome, waiting):
            after = redo(document, repair)
            matched, total, _ = instances.find_best(after)

            assert (waiting, None, repair.mentor) in repair.change.moves
            assert repair.change.matched == (0 if repair.kind == "swap" else matched - outcome.matched)
            if repair.kind in ("place", "swap"):
                assert repair.change.total == total - outcome.total
            else:
                assert repair.change.matched >= 1
                assert outcome.total + repair.change.total <= total


def redo(document, repair):
    """The instance as the repair leaves it."""
    lock = {"locked": [[repair.mentee, repair.mentor]]}
    if repair.kind == "place":
        return with_more_places(document, repair.mentor) | lock
    if repair.kind == "swap":
        return document | lock
    rules = [rule for rule in document["rules"] if rule["kind"] != RULE_KINDS[type(repair.rule).__name__]]
    if repair.kind == "widen":
        rules += [rule | {"at_most": repair.to} for rule in document["rules"] if rule["kind"] == "distance"]
    return document | {"rules": rules}


RULE_KINDS = {
    "MustDiffer": "differ",
    "MustBeSame": "same",
    "MustOverlap": "overlap",
    "Within": "distance",
    "Ahead": "gap",
    "Wish": "wish",
    "Eligible": "eligible",
    "Earlier": "earlier",
}


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_distance_is_widened_no_further_than_it_has_to_be(data):
    homes = st.sampled_from(list(CITIES))
    document = two_towns(
        mentees=people("mentee", **{f"m{index}": data.draw(homes) for index in range(4)}),
        mentors=people("mentor", **{f"n{index}": data.draw(homes) for index in range(4)}),
        objective="total",
    )
    instance = read_instance(document)
    outcome = solve(instance)
    kept = {mentee for mentee, _ in outcome.pairs}
    for waiting in outcome.unmatched:
        for repair in find_repairs(instance, outcome, waiting):
            if repair.kind == "widen":
                nearly = read_instance(document | {"rules": [WITHIN | {"at_most": repair.to - 1}]})
                enough = read_instance(document | {"rules": [WITHIN | {"at_most": repair.to}]})

                assert not covers(nearly, kept | {waiting})
                assert covers(enough, kept | {waiting})


def covers(instance, wanted):
    return any({mentee for mentee, _ in pairs} >= wanted for pairs in instances.list_assignments(instance))


@pytest.mark.parametrize("objective", ["fair", "total"])
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_shortages_hold_and_explain_everybody_who_waits(objective, data):
    document = data.draw(st.one_of(instances.scored(objective, mentees=6), instances.typed(objective, mentees=6)))
    instance = read_instance(document)
    outcome = solve(instance)
    allowed = instances.list_scores(instance)

    shortages = find_shortages(instance, outcome)

    for shortage in shortages:
        usable = {mentor for mentee, mentor in allowed if mentee in shortage.mentees}
        assert {id for id in usable if instance.find_mentor(id).capacity} <= set(shortage.mentors)
        assert shortage.places == sum(instance.find_mentor(id).capacity for id in shortage.mentors)
    assert sum(shortage.waiting for shortage in shortages) == len(outcome.unmatched)
    assert {id for shortage in shortages for id in shortage.mentees} >= set(outcome.unmatched)


def test_shortage_is_said_so_that_anybody_can_count():
    scores = [[mentee, mentor, 1] for mentee in "abcde" for mentor in "xy"]
    document = {
        "mentees": [{"id": id} for id in "abcdef"],
        "mentors": [{"id": "x", "capacity": 2}, {"id": "y"}, {"id": "z"}],
        "criteria": [{"kind": "pairs", "scores": scores, "missing": "forbidden"}],
    }
    instance = read_instance(document)

    words = [shortage.as_document(str.upper)["words"] for shortage in find_shortages(instance, solve(instance))]

    assert words == [
        "These 5 mentees can use only 2 mentors with 3 places, so 2 must wait.",
        "There is no mentor whom F may have.",
    ]


@settings(max_examples=30, deadline=None)
@given(document=instances.typed("total", mentees=5))
def test_worth_of_an_answer_is_that_of_solving_with_a_mentor_who_gives_it(document):
    instance = read_instance(document)
    outcome = solve(instance)
    among = {"level": "senior"} if any(rule["kind"] == "eligible" for rule in document["rules"]) else {}
    for worth in value_answers(instance, outcome):
        kind = instances.ATTRIBUTES[worth.attribute]["kind"]
        answer = {"lat": worth.answer[0], "lon": worth.answer[1]} if kind == "place" else str(worth.answer)
        values = {worth.attribute: [answer] if kind == "set" else answer} | among
        one = {"id": "newcomer", "values": values}
        many = one | {"capacity": len(outcome.unmatched)}
        together = [solve(read_instance(document | {"mentors": [*document["mentors"], each]})) for each in (one, many)]

        assert worth.matched == together[0].matched - outcome.matched
        assert worth.total == together[0].total - outcome.total
        assert worth.many == together[1].matched - outcome.matched


def test_where_to_look_for_a_mentor():
    instance = read_instance(two_towns(mentees=people("mentee", amina="York", bryn="York", carys="Hull")))

    worth = value_answers(instance, solve(instance))

    assert [(one.as_document()["answer"], one.matched, one.many) for one in worth] == [
        ([53.74, -0.33], 1, 1),
        ([53.96, -1.08], 1, 1),
    ]


def test_the_example_explains_nobody_because_nobody_waits():
    instance = read_instance(json.loads((EXAMPLE / "instance.json").read_text()))
    outcome = solve(instance)

    assert find_shortages(instance, outcome) == []
    assert value_answers(instance, outcome) == []
