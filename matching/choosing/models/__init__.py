"""What people choose for themselves: lists, ranks, requests, events, and whether they stay in the pool.

Who declined whom is kept in a table of its own, which only the one who declined and the co-ordinator can read.
"""

from .events import Attendee, Occasion, Seat
from .lists import LISTED, LONGEST_ANSWER, MOST_OPEN, MOST_RANKED, RANKED, Choice, Choosing, Entry
from .profiles import Profile, Staying, Wish
from .requests import Decline, Request, RequestState

__all__ = [
    "LISTED",
    "LONGEST_ANSWER",
    "MOST_OPEN",
    "MOST_RANKED",
    "RANKED",
    "Attendee",
    "Choice",
    "Choosing",
    "Decline",
    "Entry",
    "Occasion",
    "Profile",
    "Request",
    "RequestState",
    "Seat",
    "Staying",
    "Wish",
]
