"""Meetings, what is kept of them, endings, and a co-ordinator's day. One file for each idea; readers differ by table (decision 4)."""

from .day import LONGEST_STINT, DatedNote, Look, NoteKind, Stint
from .endings import Closing, Ending, EndingReason, NextWish, Wish
from .keys import ContentKey
from .meetings import LONGEST_MEETING, Medium, Meeting, MeetingKind, MeetingLog, Usefulness
from .planned import PlannedMeeting, PlannedState
from .records import PARTNERS_ONLY, PartnersWords, ProgressRecord, Reflection

__all__ = [
    "LONGEST_MEETING",
    "LONGEST_STINT",
    "PARTNERS_ONLY",
    "Closing",
    "ContentKey",
    "DatedNote",
    "Ending",
    "EndingReason",
    "Look",
    "Medium",
    "Meeting",
    "MeetingKind",
    "MeetingLog",
    "NextWish",
    "NoteKind",
    "PartnersWords",
    "PlannedMeeting",
    "PlannedState",
    "ProgressRecord",
    "Reflection",
    "Stint",
    "Usefulness",
    "Wish",
]
