"""What is done with agreements: their wording, filling in, signing, changing, and letting go of them."""

from .changing import propose_change, withdraw_change
from .declining import decline_version, remind_to_sign
from .discussing import ChangedMeanwhile, accept_words, write_answers
from .keeping import delete_agreements, delete_what_is_over
from .signing import (
    CONSENT,
    PAPER_CONSENT,
    confirm_paper,
    keep_scan,
    make_version,
    paper_statement,
    sign_agreement,
    statement,
)
from .templates import change_clauses, follow, name_party, own_clauses

__all__ = [
    "CONSENT",
    "PAPER_CONSENT",
    "ChangedMeanwhile",
    "accept_words",
    "change_clauses",
    "confirm_paper",
    "decline_version",
    "delete_agreements",
    "delete_what_is_over",
    "follow",
    "keep_scan",
    "make_version",
    "name_party",
    "own_clauses",
    "paper_statement",
    "propose_change",
    "remind_to_sign",
    "sign_agreement",
    "statement",
    "withdraw_change",
    "write_answers",
]
