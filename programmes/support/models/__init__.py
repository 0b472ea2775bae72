"""Meetings, what is kept of them, endings, and a co-ordinator's day. One file for each idea; readers differ by table (decision 4)."""

from .circles import Attendance, OneToOneRequest, RequestState, Sharing, Topic, TopicVote
from .day import LONGEST_STINT, DatedNote, Look, NoteKind, Stint
from .development import DevelopmentEntry, DevelopmentKind, DevelopmentNeed, DevelopmentPlan, NeedState, Readers
from .endings import Closing, Ending, EndingReason, NextWish, Wish
from .goals import EntryKind, Goal, GoalEntry, GoalState
from .keys import ContentKey
from .learning import LearningEntry
from .meetings import LONGEST_MEETING, Medium, Meeting, MeetingKind, MeetingLog, Usefulness
from .planned import PlannedMeeting, PlannedState, SessionKind
from .promised import ActionPoint
from .records import PARTNERS_ONLY, PartnersWords, ProgressRecord, Reflection
from .stages import Stage, StageReached
from .stories import Aim, Page

__all__ = [
    "LONGEST_MEETING",
    "LONGEST_STINT",
    "PARTNERS_ONLY",
    "ActionPoint",
    "Aim",
    "Attendance",
    "Closing",
    "ContentKey",
    "DatedNote",
    "DevelopmentEntry",
    "DevelopmentKind",
    "DevelopmentNeed",
    "DevelopmentPlan",
    "Ending",
    "EndingReason",
    "EntryKind",
    "Goal",
    "GoalEntry",
    "GoalState",
    "LearningEntry",
    "Look",
    "Medium",
    "Meeting",
    "MeetingKind",
    "MeetingLog",
    "NeedState",
    "NextWish",
    "NoteKind",
    "OneToOneRequest",
    "Page",
    "PartnersWords",
    "PlannedMeeting",
    "PlannedState",
    "ProgressRecord",
    "Readers",
    "Reflection",
    "RequestState",
    "SessionKind",
    "Sharing",
    "Stage",
    "StageReached",
    "Stint",
    "Topic",
    "TopicVote",
    "Usefulness",
    "Wish",
]
