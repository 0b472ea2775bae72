"""Matching that is optimal, explained, and proves it. Knows nothing of Django; see README.md."""

from .certificate import check
from .explanation import explain_pair, explain_unmatched
from .instance import Instance, read_instance
from .outcome import Outcome
from .reading import Fault
from .solving import solve

__all__ = ["Fault", "Instance", "Outcome", "check", "explain_pair", "explain_unmatched", "read_instance", "solve"]
