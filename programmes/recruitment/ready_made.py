"""Questions that a programme can add to its form by one press: what some models of mentoring need to know, and equality data.

The words are ours. Equality data (O14, E10) are asked of everybody, never have to be answered, and are read only in groups.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .models import AskedOf, Question, QuestionKind

WHY_EQUAL = (
    "To see whether the programme is as good for everybody. Answers are only ever looked at together, five people or more "
    "at a time, and nobody who chooses or matches people reads yours."
)
RATHER_NOT = ("not_said", "I would rather not say")
ABOUT_YOU = "About you, if you like"


@dataclass(frozen=True)
class ReadyMade:
    """One question; `purpose` says to a co-ordinator what it is for."""

    key: str
    purpose: str
    asked_of: str
    kind: str
    label: str
    page: str
    hint: str = ""
    why: str = ""
    options: Sequence[tuple[str, str]] = field(default_factory=tuple)
    is_equality: bool = False

    def as_fields(self) -> dict[str, Any]:
        """What the question holds."""
        return {
            "key": self.key,
            "asked_of": self.asked_of,
            "kind": self.kind,
            "label": self.label,
            "page": self.page,
            "hint": self.hint,
            "why": self.why,
            "options": [{"key": key, "label": label} for key, label in self.options],
            "required": not self.is_equality,
            "is_equality": self.is_equality,
        }


def about_equality(key: str, label: str, *options: tuple[str, str]) -> ReadyMade:
    return ReadyMade(
        key=key,
        purpose="Equality data: shows whether matching is fair to every group.",
        asked_of=AskedOf.BOTH,
        kind=QuestionKind.CHOICE,
        label=label,
        page=ABOUT_YOU,
        why=WHY_EQUAL,
        options=(*options, RATHER_NOT),
        is_equality=True,
    )


READY_MADE = (
    ReadyMade(
        key="team",
        purpose="Needed where teams are matched: mentors come from outside a team.",
        asked_of=AskedOf.BOTH,
        kind=QuestionKind.TEXT,
        label="Which team do you work in?",
        page="Your team",
        hint="As your colleagues call it, so that all of you say the same.",
    ),
    ReadyMade(
        key="before",
        purpose="Needed two by two: an experienced mentor stands beside a new one.",
        asked_of=AskedOf.MENTOR,
        kind=QuestionKind.CHOICE,
        label="Have you been somebody’s mentor before?",
        page="Your experience",
        options=(("yes", "Yes"), ("no", "No, this would be the first time")),
    ),
    about_equality(
        "equality_gender",
        "How do you describe your gender?",
        ("woman", "Woman"),
        ("man", "Man"),
        ("other", "In another way"),
    ),
    about_equality(
        "equality_age",
        "How old are you?",
        ("under_30", "Under 30"),
        ("30_44", "30 to 44"),
        ("45_59", "45 to 59"),
        ("60_over", "60 or over"),
    ),
    about_equality(
        "equality_ethnicity",
        "What is your ethnic background?",
        ("asian", "Asian or Asian British"),
        ("black", "Black, African, Caribbean or Black British"),
        ("mixed", "Mixed"),
        ("white", "White"),
        ("other", "Another"),
    ),
    about_equality(
        "equality_disability",
        "Do you have a disability or a long-term illness?",
        ("yes", "Yes"),
        ("no", "No"),
    ),
)


def ready_made(key: str) -> ReadyMade | None:
    return next((one for one in READY_MADE if one.key == key), None)


def not_yet_among(questions: Iterable[Question]) -> list[ReadyMade]:
    """Those that a form does not have, whether asked at present or not."""
    known = {question.key for question in questions}
    return [one for one in READY_MADE if one.key not in known]
