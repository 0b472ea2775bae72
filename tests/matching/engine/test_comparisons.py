"""What each kind of criterion and rule gives, by example."""

import numpy as np
import pytest
from hypothesis import given, settings

from matching.engine import explain_pair, read_instance
from matching.engine.single_pairs import score_pairs

from . import instances


def compare(entry, mentee, mentor, *, rule=False, **attributes):
    """The points of one criterion (or whether one rule allows it) between two people with these answers."""
    document = {
        "attributes": attributes,
        "places": {"York": {"lat": 53.96, "lon": -1.08}, "Leeds": {"lat": 53.80, "lon": -1.55}},
        "mentees": [{"id": "a", "values": mentee}],
        "mentors": [{"id": "x", "values": mentor}],
        "criteria": [] if rule else [entry],
        "rules": [entry] if rule else [],
    }
    reasons = explain_pair(read_instance(document), "a", "x")
    return reasons["allowed"] if rule else reasons["score"]


SETS = {"wants": {"kind": "set"}, "offers": {"kind": "set"}}
WANTS_OFFERS = {"kind": "wants-offers", "wants": "wants", "offers": "offers", "weight": 7}


@pytest.mark.parametrize(
    ("wants", "offers", "points"),
    [
        (["a", "b", "c"], ["a", "b", "c", "d"], 7000),
        (["a", "b", "c"], ["a"], 2334),  # 7000 is 2333 for each and 1 left over, for the first
        (["a", "b", "c"], ["b", "c"], 4666),
        (["a"], ["b"], 0),
        ([], ["b"], 0),
    ],
)
def test_wants_are_shared_out_evenly_and_add_up(wants, offers, points):
    assert compare(WANTS_OFFERS, {"wants": wants}, {"offers": offers}, **SETS) == points


@pytest.mark.parametrize(
    ("near", "far", "unit", "points"),
    [(36, 40, "km", 1000), (2, 200, "km", 828), (0, 100, "miles", 780), (0, 37, "km", 27), (0, 36, "km", 0)],
)
def test_distance_from_york_to_leeds_falls_evenly_from_near_to_far(near, far, unit, points):
    criterion = {"kind": "distance", "attribute": "home", "near": near, "far": far, "unit": unit}

    assert compare(criterion, {"home": "York"}, {"home": "Leeds"}, home={"kind": "place"}) == points


@pytest.mark.parametrize(("years", "points"), [(1, 0), (3, 333), (4, 666), (5, 1000), (9, 1000), (10, 666), (12, 0)])
def test_gap_fades_on_both_sides(years, points):
    criterion = {"kind": "gap", "attribute": "years", "from": 4, "to": 8, "fade": 3}

    assert compare(criterion, {"years": 1}, {"years": years}, years={"kind": "number"}) == points


def test_texts_count_telling_words_whatever_their_case_and_accents():
    criterion = {"kind": "text", "attribute": "about", "weight": 10}

    def ask(mentee, mentor):
        return compare(criterion, {"about": mentee}, {"about": mentor}, about={"kind": "text"})

    assert ask("Rivers and bridges", "bridges, RIVERS") == 9800
    assert ask("Pâtisserie", "the patisserie") == 10000
    assert ask("the and with", "the and with") == 0
    assert 0 < ask("rivers, bridges and tunnels", "bridges of steel") < 5000


@pytest.mark.parametrize(
    ("wish", "gender", "allowed"), [("woman", "woman", True), ("woman", "man", False), (None, "man", True), ("woman", None, False)]
)  # fmt: skip
def test_wish_binds_only_who_has_one(wish, gender, allowed):
    rule = {"kind": "wish", "by": "mentee", "mentee": "wish", "mentor": "gender"}
    category = {"kind": "category"}

    assert compare(rule, {"wish": wish}, {"gender": gender}, rule=True, wish=category, gender=category) is allowed


@pytest.mark.parametrize(("unanswered", "allowed"), [("pass", True), ("fail", False)])
@pytest.mark.parametrize(
    ("kind", "attribute"), [("same", "category"), ("differ", "category"), ("overlap", "set"), ("gap", "number")]
)
def test_rule_says_what_silence_means(kind, attribute, unanswered, allowed):
    rule = {"kind": kind, "attribute": "it", "unanswered": unanswered}

    assert compare(rule, {}, {}, rule=True, it={"kind": attribute}) is allowed


@pytest.mark.parametrize(("mentor", "allowed"), [("boss", False), ("top", False), ("report", False), ("peer", True)])
def test_line_of_management_is_never_matched_up_or_down(mentor, allowed):
    document = {
        "mentees": [{"id": "me"}],
        "mentors": [{"id": mentor}],
        "criteria": [],
        "rules": [
            {"kind": "line", "managers": {"me": "boss", "boss": "top", "report": "me", "peer": "boss", "top": "me"}}
        ],
    }
    if mentor == "peer":
        del document["rules"][0]["managers"]["top"]

    assert explain_pair(read_instance(document), "me", mentor)["allowed"] is allowed


@pytest.mark.parametrize(("kind", "same", "other"), [("category", "law", "arts"), ("number", 3, 4)])
def test_same_and_differ_look_at_one_answer_each(kind, same, other):
    declared = {"it": {"kind": kind}}

    assert compare({"kind": "same", "attribute": "it"}, {"it": same}, {"it": same}, **declared) == 1000
    assert compare({"kind": "same", "attribute": "it"}, {"it": same}, {"it": other}, **declared) == 0
    assert compare({"kind": "differ", "attribute": "it"}, {"it": same}, {"it": same}, rule=True, **declared) is False
    assert compare({"kind": "same", "attribute": "it"}, {"it": same}, {"it": other}, rule=True, **declared) is False


@pytest.mark.parametrize(
    ("mentee", "mentor", "allowed"),
    [((), (), False), (("x",), (), False), ((), ("a",), False), (("x",), ("a",), True), (("y",), ("b", "a"), False)],
)
@pytest.mark.parametrize("pair", [["a", "x"], ["x", "a"]])
def test_earlier_partners_are_matched_again_only_where_both_want_it(pair, mentee, mentor, allowed):
    rule = {"kind": "earlier", "pairs": [pair], "again": "again"}
    wishes = {"again": list(mentee)}, {"again": list(mentor)}

    assert compare(rule, *wishes, rule=True, again={"kind": "people"}) is allowed


def test_people_who_were_never_partners_are_not_kept_apart():
    rule = {"kind": "earlier", "pairs": [["a", "y"], ["b", "x"]]}

    assert compare(rule, {}, {}, rule=True) is True


@settings(max_examples=60, deadline=None)
@given(document=instances.typed("total"))
def test_a_pair_alone_has_the_points_that_it_has_among_all(document):
    instance = read_instance(document)
    pairs = [(mentee, mentor) for mentee in instance.mentees for mentor in instance.mentors]

    alone = score_pairs(instance, pairs)

    everybody = slice(0, len(instance.mentees))
    together = [one.compare(instance.mentees, instance.mentors)(everybody).ravel() for one in instance.criteria]
    assert alone == (np.stack(together, axis=1).tolist() if together else [[] for _ in pairs])
    assert alone == [points for pair in pairs for points in score_pairs(instance, [pair])]
