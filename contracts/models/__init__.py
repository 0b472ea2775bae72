"""Agreements: what they are made from, what is written in them, and who signed which version."""

from .agreement import OPEN_STATES, Agreement, AgreementState, Answer
from .templates import AgreementTemplate
from .versions import Signature, Version

__all__ = [
    "OPEN_STATES",
    "Agreement",
    "AgreementState",
    "AgreementTemplate",
    "Answer",
    "Signature",
    "Version",
]
