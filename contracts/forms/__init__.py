"""What partners, and those who word their agreements, are asked for."""

from .agreeing import SEEN, ChangeForm, DeclineForm, DiscussForm, PaperForm, ScanForm, SignForm, readers_of
from .wording import ClauseForm, PartyForm

__all__ = [
    "SEEN",
    "ChangeForm",
    "ClauseForm",
    "DeclineForm",
    "DiscussForm",
    "PaperForm",
    "PartyForm",
    "ScanForm",
    "SignForm",
    "readers_of",
]
