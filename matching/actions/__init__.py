"""What changes in step 4: running rounds, changing what they propose, and confirming them."""

from .confirming import begin_partnership, confirm_round, matched_letter
from .criteria import change_criteria
from .deciding import add_exclusion, exclude_pair, lock_pair, remove_exclusion
from .running import begin_round, run_round, stop_round, work_out, work_out_here

__all__ = [
    "add_exclusion",
    "begin_partnership",
    "begin_round",
    "change_criteria",
    "confirm_round",
    "exclude_pair",
    "lock_pair",
    "matched_letter",
    "remove_exclusion",
    "run_round",
    "stop_round",
    "work_out",
    "work_out_here",
]
