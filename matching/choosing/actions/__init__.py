"""What people and co-ordinators do when people choose for themselves."""

from .events import answer_invitation, make_timetable, plan_event, send_timetable
from .joining_late import include_late
from .opening import close_choosing, open_choosing, set_degree
from .profiles import ask_for_profiles, change_profile
from .ranking import most_ranked, rank
from .requests import accept, ask, decline, end_if_due, withdraw
from .staying import answer_staying, write_to_waiting
from .suggesting import suggest_next

__all__ = [
    "accept",
    "answer_invitation",
    "answer_staying",
    "ask",
    "ask_for_profiles",
    "change_profile",
    "close_choosing",
    "decline",
    "end_if_due",
    "include_late",
    "make_timetable",
    "most_ranked",
    "open_choosing",
    "plan_event",
    "rank",
    "send_timetable",
    "set_degree",
    "suggest_next",
    "withdraw",
    "write_to_waiting",
]
