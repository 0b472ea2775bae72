"""What bench.matching measures, each in a process of its own, so that memory is that of one thing.

Seconds are of the processor, all threads together; the library of matrix products is told to use one.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.matching_people import make_document
from matching.engine import Alternatives, Instance, Outcome, cheapest_flow, check, read_instance, solve, suggest
from matching.engine.scoring import Field
from matching.engine.words import list_groups
from mentoring.fingerprint import ROOT

Figures = dict[str, Any]
MENTOR_MATCH = "mentor-match==7.0.1"
QUESTIONS, LISTED, ORDERS, QUICK = 101, 5, 3, 1000


def measure(what: str, name: str) -> Figures:
    """Runs in the process of its own, once the libraries are loaded."""
    solve(read_instance(make_document("Q", 200)), objective="total")
    instance = read_instance(make_document(name[0], int(name[1:])))
    figures = MEASURES[what](instance)
    return figures | {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def take_time(work: Callable[[], Any]) -> tuple[float, Any]:
    """Texts that were read before are read again."""
    list_groups.cache_clear()
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def take_best(work: Callable[[], Any], instance: Instance) -> tuple[float, Any]:
    """The best of three where it is quick enough for other work on the machine to decide; otherwise once."""
    runs = [take_time(work) for _ in range(3 if len(instance.mentees) <= QUICK else 1)]
    return min(runs, key=lambda run: run[0])


def describe(seconds: float, outcome: Outcome) -> Figures:
    pairs = hashlib.sha256(json.dumps(outcome.pairs).encode()).hexdigest()
    figures = {"matched": outcome.matched, "total": outcome.total, "worst": outcome.worst, "proved": outcome.proved}
    return figures | {"seconds": seconds, "pairs": pairs}


def measure_engine(instance: Instance) -> Figures:
    """From people to a proved outcome."""
    begun = time.monotonic()
    seconds, outcome = take_best(lambda: solve(instance, objective="total"), instance)
    return describe(seconds, outcome) | {"elapsed": time.monotonic() - begun}


def measure_scipy_alone(instance: Instance) -> Figures:
    cheapest_flow.load_solver = lambda: None  # type: ignore[assignment]
    return measure_engine(instance)


def measure_checked(instance: Instance) -> Figures:
    """By the checker's own code."""
    outcome = solve(instance, objective="total")
    seconds, reasons = take_time(lambda: check(instance, outcome, objective="total"))
    assert not reasons, reasons
    return {"seconds": seconds}


def measure_fair(instance: Instance) -> Figures:
    seconds, outcome = take_time(lambda: solve(instance, objective="fair"))
    return describe(seconds, outcome)


def measure_warm(instance: Instance) -> Figures:
    """Once more, from the last prices."""
    cold, before = take_time(lambda: solve(instance, objective="total"))
    warm, after = take_time(lambda: solve(instance, objective="total", start=before))
    assert (after.matched, after.total, after.proved) == (before.matched, before.total, True)
    return {"seconds": warm, "cold": cold}


def measure_bare(instance: Instance) -> Figures:
    """SciPy's solver alone on the finished matrix: a column for every place, and a bonus for being matched."""
    field, bonus = Field(instance), 10**9
    owner = np.repeat(np.arange(len(field.mentors)), field.capacity)
    value = np.zeros((len(field.mentees), len(owner)))
    for part in field.list_blocks():
        block = field.score(part).astype(np.float64)
        value[part] = np.where(block > field.lowest, block + bonus, 0)[:, owner]
    seconds, (rows, columns) = take_best(lambda: linear_sum_assignment(value, maximize=True), instance)
    best = int(value[rows, columns].sum())
    return {"seconds": seconds, "matched": best // bonus, "total": best % bonus}


def measure_scoring(instance: Instance) -> Figures:
    """The scores of all pairs, beside the bare product of the same matrices; the best of three, in turn."""
    field = Field(instance)
    buffer = np.empty((field.height, len(field.mentors)), dtype=field.factors.kind)
    left, right = field.factors.left, field.factors.right.T

    def score() -> None:
        for part in field.list_blocks():
            field.factors.compute(part, buffer)

    def multiply() -> None:
        for part in field.list_blocks():
            np.matmul(left[part], right, out=buffer[: len(left[part])])

    times = [(take_time(score)[0], take_time(multiply)[0]) for _ in range(3)]
    scoring, product = (min(each) for each in zip(*times, strict=True))
    return {"seconds": scoring, "product": product}


def measure_why_not(instance: Instance) -> Figures:
    """The exact cost of insisting on a pair: the median of many, after the first has looked at all pairs once."""
    alternatives, rng = Alternatives(instance), np.random.default_rng(1)
    mentees, mentors = sorted(alternatives.rows), sorted(alternatives.columns)
    alternatives.cost_pair(mentees[0], mentors[0])
    pairs = [(mentees[rng.integers(len(mentees))], mentors[rng.integers(len(mentors))]) for _ in range(QUESTIONS)]
    times = [take_time(lambda pair=pair: alternatives.cost_pair(*pair))[0] for pair in pairs]  # type: ignore[misc]
    return {"seconds": float(np.median(times)), "longest": max(times)}


def measure_suggestions(instance: Instance) -> Figures:
    """Of those who could be matched, how many are when they come in any order and take whom they have most points with."""
    seconds, lists = take_time(lambda: suggest(instance, LISTED))
    best = solve(instance, objective="total").matched
    chosen = {
        mentee: [each.mentor for each in sorted(some, key=lambda each: -each.points)] for mentee, some in lists.items()
    }
    served, raw = (min(serve(instance, each)) / best for each in (chosen, list_by_points(instance)))
    return {"seconds": seconds, "served": served, "raw": raw}


def list_by_points(instance: Instance) -> dict[str, list[str]]:
    """The mentors with the most points, whatever they mean to others."""
    field, lists = Field(instance), {}
    for part in field.list_blocks():
        block = field.score(part)
        for row, order in enumerate(np.argpartition(-block, LISTED, axis=1)[:, :LISTED], part.start):
            best = sorted(order, key=lambda column: -block[row - part.start, column])
            lists[field.mentees[row].id] = [
                field.mentors[column].id for column in best if block[row - part.start, column] > field.lowest
            ]
    return lists


def serve(instance: Instance, lists: dict[str, list[str]]) -> list[int]:
    """First come, first served, in several orders."""
    served = []
    for seed in range(ORDERS):
        left = {mentor.id: mentor.capacity for mentor in instance.mentors}
        for mentee in np.random.default_rng(seed).permutation(sorted(lists)):
            mentor = next((id for id in lists[mentee] if left[id]), None)
            if mentor is not None:
                left[mentor] -= 1
        served.append(sum(mentor.capacity for mentor in instance.mentors) - sum(left.values()))
    return served


def measure_mentor_match(instance: Instance) -> Figures:
    """The package from PyPI, in an environment of its own, on the finished table of scores."""
    field = Field(instance)
    block = field.score(slice(0, len(field.mentees)))
    scores = [[int(score) if score > field.lowest else None for score in row] for row in block.tolist()]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"scores": scores, "capacity": field.capacity.tolist()}, file)
        file.flush()
        command = [str(install(MENTOR_MATCH)), str(Path(__file__).parent / "peers" / "mentor_match.py"), file.name]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def install(package: str) -> Path:
    """The Python of an environment that holds this package and nothing of ours."""
    folder = ROOT / ".cache" / "bench" / package.replace("==", "-")
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", package], check=True)
        (folder / "complete").touch()
    return python


MEASURES: dict[str, Callable[[Instance], Figures]] = {
    "engine": measure_engine,
    "scipy alone": measure_scipy_alone,
    "checked": measure_checked,
    "fair": measure_fair,
    "warm": measure_warm,
    "bare": measure_bare,
    "scoring": measure_scoring,
    "why not": measure_why_not,
    "suggestions": measure_suggestions,
    "mentor-match": measure_mentor_match,
}
