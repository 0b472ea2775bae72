"""Asking the engine, and checking what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.engine import Fault, check, explain_unmatched, read_instance, solve
from mentoring.refusal import Refused

Watch = Callable[[str, float], None]

PATIENCE = 8  # seconds that somebody waits for a page at most; then the best found so far


@dataclass(frozen=True)
class Answer:
    """What the engine was asked and found: its outcome, whether the checker agrees, and what reasons are made of."""

    instance: dict[str, Any]
    outcome: dict[str, Any]
    is_proved: bool
    criteria: list[str]
    most: int
    nobody: dict[str, Any]


def ask_engine(document: dict[str, Any], *, seconds: float | None = None, watch: Watch | None = None) -> Answer:
    """Solve and check. The checker is other code than the solver's, and works in whole numbers.

    With `seconds` the best found in that time is taken, and is not proved. `watch` is told how far it is, and may raise.
    """
    try:
        instance = read_instance(document)
    except Fault as fault:
        raise Refused(f"Matching could not start, because {fault}. Look at what counts in matching, then run it again.")
    outcome = solve(instance, seconds=seconds, watch=watch)
    return Answer(
        instance=document,
        outcome=outcome.as_document(),
        is_proved=outcome.proved and not check(instance, outcome),
        criteria=[criterion.name for criterion in instance.criteria],
        most=sum(criterion.most for criterion in instance.criteria),
        nobody={mentee: explain_unmatched(instance, mentee, outcome.loads) for mentee in outcome.unmatched},
    )


@dataclass(frozen=True)
class Judged:
    """What hard rules do: for each rule by name how many pairs it removes and for whom it leaves nobody; all together."""

    rules: dict[str, tuple[int, list[str]]]
    alone: list[str]
    matched: int


def judge_rules(document: dict[str, Any]) -> Judged:
    """Look at every pair, and match as many people as the rules allow."""
    instance = read_instance(document)
    mentees, mentors = instance.mentees, instance.mentors
    allowed = np.ones((len(mentees), len(mentors)), dtype=bool)
    rules = {}
    for rule in instance.rules:
        passes = rule.compare(mentees, mentors)(slice(0, len(mentees)))
        leaves = [mentees[row].id for row in np.flatnonzero(~passes.any(axis=1))]
        rules[rule.name] = int((~passes).sum()), leaves
        allowed &= passes
    alone = [mentees[row].id for row in np.flatnonzero(~allowed.any(axis=1))]
    return Judged(rules, alone, solve(instance, objective="total", seconds=PATIENCE).matched)
