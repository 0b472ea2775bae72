"""Matching that is optimal, explained, and proves it. Knows nothing of Django; see README.md."""

from .alternatives import Alternatives, Cost
from .certificate import check
from .explanation import explain_pair, explain_unmatched
from .insisting import Change, compare_outcomes, insist
from .instance import Instance, read_instance
from .outcome import Outcome
from .people import Person
from .reading import Fault
from .solving import solve
from .suggestions import Suggestion, suggest

__all__ = [
    "Alternatives",
    "Change",
    "Cost",
    "Fault",
    "Instance",
    "Outcome",
    "Person",
    "Suggestion",
    "check",
    "compare_outcomes",
    "explain_pair",
    "explain_unmatched",
    "insist",
    "read_instance",
    "solve",
    "suggest",
]
