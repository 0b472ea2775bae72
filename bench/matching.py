"""How long the engine takes from people to a proved outcome, beside SciPy's bare solver on the finished matrix.

    python -m bench.matching [T1000 Q1000 T10000 ...]

The bar is that of the design with OR-Tools' flow; without it, as here, the design allows 1.2.

Both in one process on the same instance; the ratio is that of the last instance. The engine's time holds the scores, the
solving and the proof over all pairs; SciPy's holds the solving alone. Times are seconds of processor, all threads
together, so that other work on the machine does not decide.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.matching_people import make_document
from matching.engine import Instance, Outcome, check, read_instance, solve
from matching.engine.scoring import Field

BAR = 0.45
LARGEST_FAIR = 2000
USUAL = ("T100", "T1000", "Q1000", "T5000", "T10000")


def main(names: list[str]) -> None:
    print(f"{'':8}{'read':>8}{'engine':>9}{'check':>8}{'bare':>9}{'product':>9}{'peak MB':>9}   matched, total, worst")
    ratio = 0.0
    for name in names:
        ratio = measure_instance(name)
    print(f"matching ratio={ratio:.2f} bar={BAR} {'holds' if ratio <= BAR else 'falls short'}")


def measure_instance(name: str) -> float:
    document = make_document(name[0], int(name[1:]))
    read, instance = take_time(lambda: read_instance(document))
    engine, outcome = take_time(lambda: solve(instance))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    product, _ = take_time(lambda: multiply(instance))
    bare, best = measure_bare(instance)
    checked, reasons = take_time(lambda: check(instance, outcome))
    assert not reasons, reasons
    assert best == (outcome.matched, outcome.total), (best, outcome.matched, outcome.total)
    print(
        f"{name:8}{read:8.2f}{engine:9.2f}{checked:8.2f}{bare:9.2f}{product:9.2f}{peak:9.0f}   {say(outcome)}",
        flush=True,
    )
    if len(instance.mentees) <= LARGEST_FAIR:
        fair, lifted = take_time(lambda: solve(instance, objective="fair"))
        print(f"{'fair':8}{'':8}{fair:9.2f}{'':35}   {say(lifted)}: {compare(lifted, outcome)}", flush=True)
    return engine / bare


def take_time(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def multiply(instance: Instance) -> None:
    """The bare matrix product of the same columns: the limit for looking at all pairs once."""
    field = Field(instance)
    left, right = field.factors.left, field.factors.right.T
    for part in field.list_blocks():
        left[part] @ right


def measure_bare(instance: Instance) -> tuple[float, tuple[int, int]]:
    """SciPy's solver on the finished matrix: a column for every place, and a bonus for being matched."""
    field = Field(instance)
    bonus = 10**9
    owner = np.repeat(np.arange(len(field.mentors)), field.capacity)
    value = np.zeros((len(field.mentees), len(owner)))
    for part in field.list_blocks():
        block = field.score(part).astype(np.float64)
        value[part] = np.where(block > field.lowest, block + bonus, 0)[:, owner]
    spent, (rows, columns) = take_time(lambda: linear_sum_assignment(value, maximize=True))
    best = int(value[rows, columns].sum())
    return spent, (best // bonus, best % bonus)


def say(outcome: Outcome) -> str:
    return f"{outcome.matched}, {outcome.total}, {outcome.worst}"


def compare(fair: Outcome, total: Outcome) -> str:
    worst = 100 * ((fair.worst or 0) / (total.worst or 1) - 1)
    return f"worst {worst:+.1f} %, total {100 * (fair.total / total.total - 1):+.2f} %"


if __name__ == "__main__":
    main(sys.argv[1:] or list(USUAL))
