"""The matching engine beside its floors and peers, on the same structured instances (bench/matching_people.py).

    python -m bench matching
    LARGE=1 python -m bench matching     with 100,000 mentees as well, which takes ten minutes more

T10000 is tight, S10000 has places to spare, Q10000 has one for each. "bare" is SciPy's linear_sum_assignment alone on the
finished matrix, without scoring or proof; the engine's time holds both. Every figure comes from a process of its own;
seconds are of the processor, so that other work on the machine does not decide.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from bench.matching_measures import Figures, measure
from bench.report import print_table, print_verdict
from mentoring.fingerprint import ROOT

SMALL = ("T100", "S100", "Q100", "T1000", "S1000", "Q1000")
BARS = {"T10000": 0.45, "Q10000": 0.35, "S10000": 1.2}
FAIR = ("T1000", "Q1000", "T10000")
LARGE = ("T100000", "S100000") if os.environ.get("LARGE") else ()
SECONDS, MEGABYTES = 300, 2500


def main() -> None:
    found = {name: (run("engine", name), run("bare", name)) for name in (*SMALL, *BARS)}
    print_table(
        ("", "engine s", "bare s", "engine MB", "bare MB", "matched", "total", "worst"),
        [
            (name, own["seconds"], bare["seconds"], own["megabytes"], bare["megabytes"], *say(own))
            for name, (own, bare) in found.items()
        ],
    )
    for own, bare in found.values():
        assert (own["matched"], own["total"], own["proved"]) == (bare["matched"], bare["total"], True)
    for name, bar in BARS.items():
        own, bare = found[name]
        print_verdict(f"{name}_time", own["seconds"] / bare["seconds"], bar)
    own, bare = found["T10000"]
    print_verdict("T10000_memory", own["megabytes"] / bare["megabytes"], 0.2)
    compare_scipy_alone(own, bare)
    compare_scoring()
    compare_mentor_match(found["T1000"][0])
    for name in FAIR:
        compare_fair(name, found[name][0])
    compare_others()
    for name in LARGE:
        compare_large(name)


def run(what: str, name: str) -> Figures:
    """The figures of one measure, from a process of its own with one thread for matrix products."""
    print(f"  {what} {name}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "bench.matching", what, name]
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "2" if name in LARGE else "1"}
    return json.loads(
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    )


def say(outcome: Figures) -> tuple[int, int, int]:
    return outcome["matched"], outcome["total"], outcome["worst"]


def compare_scipy_alone(own: Figures, bare: Figures) -> None:
    alone = run("scipy alone", "T10000")
    assert alone["pairs"] == own["pairs"]
    print(f"T10000 with SciPy alone {alone['seconds']:.1f} s; checked in {run('checked', 'T10000')['seconds']:.1f} s")
    print_verdict("T10000_scipy_alone", alone["seconds"] / bare["seconds"], 1.2)


def compare_scoring() -> None:
    scoring = run("scoring", "Q10000")
    print(f"10^8 scores in {scoring['seconds']:.2f} s, their bare product in {scoring['product']:.2f} s")
    print_verdict("scoring", scoring["seconds"] / scoring["product"], 1.5)


def compare_mentor_match(own: Figures) -> None:
    peer = run("mentor-match", "T1000")
    print(f"T1000 by mentor-match: {peer['matched']} matched, {peer['total']} points, {peer['seconds']:.1f} s")
    print_verdict("mentor_match_time", peer["seconds"] / own["seconds"], 200, at_least=True)
    print_verdict("mentor_match_matched", own["matched"] / peer["matched"], 1, at_least=True)
    print_verdict("mentor_match_total", own["total"] / peer["total"], 1.015, at_least=True)


def compare_fair(name: str, total: Figures) -> None:
    """How far the floor lifts the worst off, and what share of the half percent that it may cost it does cost."""
    fair = run("fair", name)
    print(f"{name} fair: worst {fair['worst']} for {total['worst']}, total {fair['total']}, {fair['seconds']:.1f} s")
    print_verdict(f"{name}_fair_worst", fair["worst"] / total["worst"], 1.2, at_least=True)
    print_verdict(f"{name}_fair_cost", (1 - fair["total"] / total["total"]) / 0.005, 1)


def compare_others() -> None:
    warm, why_not, lists = (run(what, "T10000") for what in ("warm", "why not", "suggestions"))
    print(f"T10000 once more in {warm['seconds']:.1f} s, from nothing in {warm['cold']:.1f} s")
    print_verdict("warm", warm["seconds"] / warm["cold"], 0.35)
    print(f"T10000 why not: median {1000 * why_not['seconds']:.0f} ms, longest {1000 * why_not['longest']:.0f} ms")
    print_verdict("why_not", why_not["seconds"] / 0.05, 1)
    print(
        f"T10000 lists of five serve {lists['served']:.3f} of those who can be matched, by points alone {lists['raw']:.3f}"
    )
    print_verdict("suggestions", lists["served"], 0.93, at_least=True)


def compare_large(name: str) -> None:
    own = run("engine", name)
    assert own["proved"]
    print(f"{name}: {say(own)}, proved, {own['seconds']:.0f} s of processors, {own['elapsed']:.0f} s")
    print_verdict(f"{name}_time", own["elapsed"] / SECONDS, 1)
    print_verdict(f"{name}_memory", own["megabytes"] / MEGABYTES, 1)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(*sys.argv[1:3])))
    else:
        main()
