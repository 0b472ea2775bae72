"""Meetings, what is kept of them, and endings. One file for each idea; readers differ by table (decision 4)."""

from .endings import Closing, Ending, EndingReason, NextWish, Wish
from .keys import ContentKey
from .meetings import LONGEST_MEETING, Medium, Meeting, MeetingKind, MeetingLog, Usefulness
from .planned import PlannedMeeting, PlannedState
from .records import PARTNERS_ONLY, PartnersWords, ProgressRecord, Reflection

__all__ = [
    "LONGEST_MEETING",
    "PARTNERS_ONLY",
    "Closing",
    "ContentKey",
    "Ending",
    "EndingReason",
    "Medium",
    "Meeting",
    "MeetingKind",
    "MeetingLog",
    "NextWish",
    "PartnersWords",
    "PlannedMeeting",
    "PlannedState",
    "ProgressRecord",
    "Reflection",
    "Usefulness",
    "Wish",
]
