"""Every fault in an instance is refused with the path that leads to it."""

import contextlib
import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine import Fault, read_instance, solve

from .instances import typed

GOOD = {
    "attributes": {
        "sector": {"kind": "category"},
        "skills": {"kind": "set"},
        "level": {"kind": "level", "order": ["low", "high"]},
        "home": {"kind": "place"},
        "years": {"kind": "number"},
        "choices": {"kind": "people"},
    },
    "mentees": [{"id": "a", "values": {"sector": "law"}}, {"id": "b"}],
    "mentors": [{"id": "x", "capacity": 1, "values": {"sector": "law"}}],
    "criteria": [{"kind": "same", "attribute": "sector", "weight": 3}],
    "rules": [],
}

FAULTS = [
    ({"mentees": None}, "mentees", "expected a list"),
    ({"colour": 1}, "colour", "unknown field"),
    ({"objective": "best"}, "objective", "expected one of"),
    ({"objective": ["fair"]}, "objective", "expected one of"),
    ({"mentees": [{"id": "a"}, {"id": "a"}]}, "mentees[1].id", "used twice"),
    ({"mentees": [{"id": ""}]}, "mentees[0].id", "is empty"),
    ({"mentees": [{"id": 7}]}, "mentees[0].id", "expected text"),
    ({"mentees": [{"id": "a\0"}]}, "mentees[0].id", "cannot hold"),
    ({"mentees": [{"id": "a", "capacity": 1}]}, "mentees[0].capacity", "unknown field"),
    ({"mentees": [{"id": "a", "values": {"age": 1}}]}, "mentees[0].values.age", "unknown attribute"),
    ({"mentees": [{"id": "a", "values": {"sector": 1}}]}, "mentees[0].values.sector", "expected text"),
    ({"mentees": [{"id": "a", "values": {"level": "top"}}]}, "mentees[0].values.level", "expected one of"),
    ({"mentees": [{"id": "a", "values": {"home": "Ys"}}]}, "mentees[0].values.home", "unknown place"),
    ({"mentees": [{"id": "a", "values": {"home": {"lat": 91, "lon": 0}}}]}, "mentees[0].values.home.lat", "-90 to 90"),
    ({"mentees": [{"id": "a", "values": {"years": float("nan")}}]}, "mentees[0].values.years", "finite"),
    ({"mentees": [{"id": "a", "values": {"years": float("inf")}}]}, "mentees[0].values.years", "finite"),
    ({"mentees": [{"id": "a", "values": {"choices": ["x", "x"]}}]}, "mentees[0].values.choices", "twice"),
    ({"mentors": [{"id": "x", "capacity": -1}]}, "mentors[0].capacity", "0 to 1000"),
    ({"mentors": [{"id": "x", "capacity": 1001}]}, "mentors[0].capacity", "0 to 1000"),
    ({"mentors": [{"id": "x", "capacity": 10**400}]}, "mentors[0].capacity", "0 to 1000"),
    ({"mentors": [{"id": "x", "capacity": 1.5}]}, "mentors[0].capacity", "whole number"),
    ({"mentors": [{"id": "x", "capacity": True}]}, "mentors[0].capacity", "whole number"),
    ({"attributes": {"level": {"kind": "level"}}}, "attributes.level", "'order' is missing"),
    ({"attributes": {"a": {"kind": "colour"}}}, "attributes.a.kind", "expected one of"),
    ({"criteria": [{"kind": "same", "attribute": "age"}]}, "criteria[0].attribute", "unknown attribute"),
    ({"criteria": [{"kind": "same", "attribute": "skills"}]}, "criteria[0].attribute", "this needs a category"),
    ({"criteria": [{"kind": "same", "attribute": "sector", "weight": -1}]}, "criteria[0].weight", "0 to 100"),
    ({"criteria": [{"kind": "same", "attribute": "sector", "weight": float("nan")}]}, "criteria[0].weight", "whole"),
    ({"criteria": [{"kind": "same", "mentee": "sector", "mentor": "level"}]}, "criteria[0].mentor", "cannot compare"),
    ({"criteria": [{"kind": "near"}]}, "criteria[0].kind", "expected one of"),
    ({"criteria": [{"weight": 1}]}, "criteria[0]", "'kind' is missing"),
    ({"criteria": [{"kind": "distance", "attribute": "home", "near": 9, "far": 9}]}, "criteria[0].far", "further"),
    ({"criteria": [{"kind": "gap", "attribute": "years", "from": 3, "to": 2}]}, "criteria[0].to", "below from"),
    ({"criteria": [{"kind": "choices", "attribute": "choices"}]}, "criteria[0]", "whose choices"),
    ({"criteria": [{"kind": "pairs", "scores": [["a", "x", 0.5]]}]}, "criteria[0].scores[0][2]", "whole number"),
    ({"criteria": [{"kind": "pairs", "scores": [["a", "x", float("nan")]]}]}, "criteria[0].scores[0][2]", "whole"),
    ({"criteria": [{"kind": "pairs", "scores": [["a", "q", 1]]}]}, "criteria[0].scores[0][1]", "no mentor has the id"),
    ({"criteria": [{"kind": "pairs", "scores": [["a", "x", 1]] * 2}]}, "criteria[0].scores[1]", "already"),
    ({"criteria": [{"kind": "table", "attribute": "level", "points": [["low", "top", 1]]}]},
     "criteria[0].points[0][1]", "expected one of"),
    ({"criteria": [{"kind": "pairs", "scores": [["a", "x", 10**9]], "weight": 100}] * 100_0},
     "criteria", "too large"),
    ({"rules": [{"kind": "wish", "by": "both", "mentee": "sector", "mentor": "sector"}]},
     "rules[0].by", "expected one of"),
    ({"rules": [{"kind": "eligible", "who": "mentor", "attribute": "level", "among": ["top"]}]},
     "rules[0].among[0]", "expected one of"),
    ({"locked": [["a", "q"]]}, "locked[0][1]", "no mentor has the id"),
    ({"locked": [["a", "x"], ["b", "x"]]}, "locked[1]", "more locks"),
    ({"locked": [["a", "x"], ["a", "x"]]}, "locked[1]", "listed twice"),
    ({"locked": [["a", "x"]], "excluded": [["a", "x"]]}, "locked[0]", "against a hard rule: they were excluded"),
    ({"locked": [["a", "x"]], "rules": [{"kind": "differ", "attribute": "sector"}]},
     "locked[0]", "against a hard rule"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "path", "message"), FAULTS)
def test_fault_is_refused_with_its_path(change, path, message):
    with pytest.raises(Fault) as refusal:
        read_instance(GOOD | change)

    assert refusal.value.path == path
    assert message in refusal.value.message


def test_what_the_faults_start_from_is_good():
    assert solve(read_instance(GOOD)).pairs == (("a", "x"),)


@pytest.mark.parametrize("document", [None, [], "x", 3, {}])
def test_what_is_no_instance_is_refused(document):
    with pytest.raises(Fault):
        read_instance(document)


def list_spots(value, spot=()):
    """Every spot in a document, as the keys that lead to it."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    for key, entry in entries:
        yield (*spot, key)
        yield from list_spots(entry, (*spot, key))


JUNK: st.SearchStrategy[object] = st.sampled_from(
    [None, True, -1, 10**30, 0.5, float("nan"), "", "x", "\ud800", [], [[]], {}, {"id": []}, [None]]
)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_junk_anywhere_is_solved_or_refused_never_a_crash(data):
    document = copy.deepcopy(data.draw(typed("fair", mentees=2, mentors=2)))
    *way, last = data.draw(st.sampled_from(list(list_spots(document))))
    inner = document
    for key in way:
        inner = inner[key]
    inner[last] = data.draw(JUNK)

    with contextlib.suppress(Fault):
        json.dumps(solve(read_instance(document)).as_document())
