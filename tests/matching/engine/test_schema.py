"""The schemas say what the engine reads and writes: what it takes and gives fits them, and what they refuse it refuses."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import matching.engine
from matching.engine import Fault, read_instance, solve

from . import gatherings, instances
from .test_check import plain
from .test_reading import list_spots

ENGINE = Path(matching.engine.__file__).parent
INSTANCE, OUTCOME = (
    Draft202012Validator(json.loads((ENGINE / "schema" / f"{name}.schema.json").read_text()))
    for name in ("instance", "outcome")
)


def test_the_worked_example_fits():
    for name, schema in (("instance", INSTANCE), ("outcome", OUTCOME)):
        assert schema.is_valid(json.loads((ENGINE / "example" / f"{name}.json").read_text()))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_asked_and_answered_fits(data):
    kind = data.draw(st.sampled_from([None, *gatherings.MODELS]))
    objective = data.draw(st.sampled_from(["fair", "total"] if kind else ["fair", "total", "ranked", "stable"]))
    pairs = st.one_of(instances.typed(objective), instances.scored(objective))
    document = data.draw(gatherings.documents(kind, objective) if kind else pairs)

    outcome = plain(solve(read_instance(document)).as_document())

    assert [error.message for error in INSTANCE.iter_errors(document)] == []
    assert [error.message for error in OUTCOME.iter_errors(outcome)] == []


@settings(max_examples=100, deadline=None)
@given(document=instances.typed("fair"), data=st.data())
def test_what_the_schema_refuses_the_engine_refuses_too(document, data):
    """Not the other way round: that an id is used twice, or a place unknown, is more than a schema can say."""
    damaged = copy.deepcopy(document)
    *way, last = data.draw(st.sampled_from(list(list_spots(damaged))))
    inner = damaged
    for key in way:
        inner = inner[key]
    inner[last] = data.draw(st.sampled_from([-1, 0, 10**6, 0.5, True, "", "other", [], {}, [["m0"]]]))

    if not INSTANCE.is_valid(damaged):
        with pytest.raises(Fault):
            read_instance(damaged)
