"""Agreements: what they are made from, what is written in them, and who signed which version."""

from .agreement import OPEN_STATES, SIGNED_STATES, Acceptance, Agreement, AgreementState, Answer
from .templates import AgreementTemplate
from .versions import Decline, PaperCopy, PaperKind, Signature, SigningWay, Version

__all__ = [
    "OPEN_STATES",
    "SIGNED_STATES",
    "Acceptance",
    "Agreement",
    "AgreementState",
    "AgreementTemplate",
    "Answer",
    "Decline",
    "PaperCopy",
    "PaperKind",
    "Signature",
    "SigningWay",
    "Version",
]
