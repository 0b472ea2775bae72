"""What changes in step 4: running rounds, changing what they propose, and confirming them."""

from .by_hand import choose_mentor, repair
from .confirming import begin_partnership, confirm_round, matched_letter
from .criteria import change_criteria
from .deciding import add_exclusion, exclude_pair, lock_pair, remove_exclusion
from .rounds import restore_round, undo_parting
from .running import begin_round, run_round, stop_round, work_out, work_out_here
from .undoing import send_now, undo_confirming

__all__ = [
    "add_exclusion",
    "begin_partnership",
    "begin_round",
    "change_criteria",
    "choose_mentor",
    "confirm_round",
    "exclude_pair",
    "lock_pair",
    "matched_letter",
    "remove_exclusion",
    "repair",
    "restore_round",
    "run_round",
    "send_now",
    "stop_round",
    "undo_confirming",
    "undo_parting",
    "work_out",
    "work_out_here",
]
