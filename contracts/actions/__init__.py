"""What is done with agreements: their wording, filling in, signing."""

from .discussing import ChangedMeanwhile, write_answers
from .signing import make_version, remind_to_sign, sign_agreement, statement
from .templates import change_clauses, follow, name_party, own_clauses

__all__ = [
    "ChangedMeanwhile",
    "change_clauses",
    "follow",
    "make_version",
    "name_party",
    "own_clauses",
    "remind_to_sign",
    "sign_agreement",
    "statement",
    "write_answers",
]
