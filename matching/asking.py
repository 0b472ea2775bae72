"""Asking the engine, and checking what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matching.engine import Fault, check, explain_unmatched, read_instance, solve
from mentoring.refusal import Refused

Watch = Callable[[str, float], None]


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
