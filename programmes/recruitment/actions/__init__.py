"""What this step does."""

from .applications import (
    change_applicant,
    save_answers,
    send_return_link,
    start_application,
    submit_application,
    withdraw_application,
    write_note,
)
from .decisions import accept_application, accept_applications, decline_application, undo_decision
from .openings import close_recruitment, open_recruitment
from .participants import change_places
from .questions import add_question, change_matching, change_question, copy_questions, set_asked

__all__ = [
    "accept_application",
    "accept_applications",
    "add_question",
    "change_applicant",
    "change_matching",
    "change_places",
    "change_question",
    "close_recruitment",
    "copy_questions",
    "decline_application",
    "open_recruitment",
    "save_answers",
    "send_return_link",
    "set_asked",
    "start_application",
    "submit_application",
    "undo_decision",
    "withdraw_application",
    "write_note",
]
