"""Matching that is optimal, explained, and proves it. Knows nothing of Django; see README.md."""

from .alternatives import Alternatives, Cost
from .certificate import check
from .explanation import explain_pair, explain_unmatched
from .groups.companies import Company, find_companies
from .insisting import Change, compare_outcomes, insist
from .instance import Instance, read_instance
from .newcomers import Worth, value_answers
from .outcome import Outcome
from .people import Person
from .proof import say_proof
from .reading import Fault
from .repairs import Repair, Repairs, find_repairs
from .rerunning import Rerun, rerun
from .shortages import Shortage, find_shortages
from .solving import solve
from .suggestions import Suggestion, suggest

__all__ = [
    "Alternatives",
    "Change",
    "Company",
    "Cost",
    "Fault",
    "Instance",
    "Outcome",
    "Person",
    "Repair",
    "Repairs",
    "Rerun",
    "Shortage",
    "Suggestion",
    "Worth",
    "check",
    "compare_outcomes",
    "explain_pair",
    "explain_unmatched",
    "find_companies",
    "find_repairs",
    "find_shortages",
    "insist",
    "read_instance",
    "rerun",
    "say_proof",
    "solve",
    "suggest",
    "value_answers",
]
