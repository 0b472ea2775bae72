"""What partners, and those who word their agreements, are asked for."""

from .agreeing import SEEN, AcceptForm, ChangeForm, DeclineForm, DiscussForm, PaperForm, ScanForm, SignForm, readers_of
from .wording import ClauseForm, PartyForm

__all__ = [
    "SEEN",
    "AcceptForm",
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
