"""The same instance gives the same outcome, byte for byte, on every machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = """
import hashlib, json, random, sys
from bench.matching_people import make_document
from matching.engine import cheapest_flow, pricing, read_instance, scoring, solve

document = make_document("T", 250)
if "shuffled" in sys.argv:
    for side in ("mentees", "mentors"):
        random.Random(7).shuffle(document[side])
if "SciPy alone" in sys.argv:
    cheapest_flow.load_solver = lambda: None
if "other blocks" in sys.argv:
    scoring.BLOCK, scoring.ROWS = 5000, 1
for objective in ("total", "fair"):
    outcome = solve(read_instance(document), objective=objective).as_document()
    print(hashlib.sha256(json.dumps(outcome).encode()).hexdigest())
"""


def hash_outcomes(*ways, **environment):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *ways], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def expected():
    return hash_outcomes(OPENBLAS_NUM_THREADS="1")


@pytest.mark.parametrize(
    ("ways", "environment"),
    [
        (("shuffled",), {"OPENBLAS_NUM_THREADS": "2", "PYTHONHASHSEED": "1"}),
        (("other blocks",), {"OPENBLAS_CORETYPE": "Haswell"}),
        (("SciPy alone",), {"OPENBLAS_CORETYPE": "Sandybridge"}),
    ],
    ids=["two threads, hash seed, shuffled", "Haswell, other blocks", "Sandybridge, SciPy alone"],
)
def test_outcome_does_not_depend_on_the_machine(expected, ways, environment):
    assert hash_outcomes(*ways, **environment) == expected


def test_outcomes_of_two_instances_differ(expected):
    one, other = expected.split()

    assert one != other
