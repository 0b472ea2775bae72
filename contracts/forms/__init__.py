"""What partners, and those who word their agreements, are asked for."""

from .agreeing import SEEN, DiscussForm, SignForm, readers_of
from .wording import ClauseForm, PartyForm

__all__ = ["SEEN", "ClauseForm", "DiscussForm", "PartyForm", "SignForm", "readers_of"]
