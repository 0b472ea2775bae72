"""The boxes of a progress record: which a programme asks for, and what stands in them."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import date_format

from programmes.models import Programme

from .models import Meeting, ProgressRecord
from .plans.capabilities import choices_in


@dataclass(frozen=True)
class Box:
    """One box, as the programme's blueprint asks for it (G9). readers: "both" partners, or the "author" alone."""

    key: str
    label: str
    kind: str = "long_text"
    readers: str = "both"
    hint: str = ""
    source: str = ""
    carried: bool = False  # what stands in it comes onto the next agenda
    by: str = ""  # whose action stands in it: "mentor" or "mentee"
    choices: tuple[tuple[str, Any], ...] = ()  # of a box of kind "many", in their groups

    @property
    def is_private(self) -> bool:
        return self.readers == "author"

    @property
    def is_next_date(self) -> bool:
        """The next date is activity: it stands with the meeting, where the rhythm is read from."""
        return self.key == NEXT_DATE.key

    @property
    def due_field(self) -> str:
        """The form's field for the day on which the action in this box is due."""
        return f"{self.field}_by"

    @property
    def field(self) -> str:
        return self.key if self.is_next_date else f"box_{self.key}"


NEXT_DATE = Box("next_on", "When you will meet next", kind="date")
STRENGTHENED = Box("strengthened", "What this meeting strengthened in you", kind="many", readers="author", source="R2")


def boxes_of(programme: Programme) -> list[Box]:
    """The boxes of this programme's progress record, in its order. The next date is always among them, and what a
    meeting strengthened where the programme lists capabilities."""
    boxes = [Box(**box) for box in programme.blueprint.get("records", [])]
    boxes += [] if any(box.is_next_date for box in boxes) else [NEXT_DATE]
    listed = choices_in(programme)
    return [*boxes, replace(STRENGTHENED, choices=tuple(listed))] if listed else boxes


def read_boxes(
    boxes: list[Box], answers: dict[str, str], next_on: datetime.date | None = None
) -> list[tuple[str, str]]:
    """Label and words of every box that holds something, in order."""
    words = answers | ({NEXT_DATE.key: next_on.isoformat()} if next_on else {})
    return [(box.label, say(box, words[box.key])) for box in boxes if words.get(box.key)]


def read_record(meeting: Meeting, record: ProgressRecord | None, boxes: list[Box]) -> list[tuple[str, str]]:
    """What partners kept of a meeting, for both of them to read."""
    step = [("Next step", record.next_step)] if record and record.next_step else []
    shared = [box for box in boxes if not box.is_private]
    return step + read_boxes(shared, record.answers if record else {}, meeting.next_on)


def say(box: Box, words: str) -> str:
    """A date as people write it, what was chosen by its labels; other words as they are."""
    if box.kind == "many":
        labels = {key: label for _, group in box.choices for key, label in group}
        return "\n".join(labels[key] for key in words.split(",") if key in labels)
    if box.kind != "date":
        return words
    try:
        return date_format(datetime.date.fromisoformat(words), "j F Y")
    except ValueError:  # two partners wrote beside each other
        return words


def written_in(boxes: list[Box], answers: dict[str, str]) -> dict[str, Any]:
    """Answers under the names of their form fields."""
    return {
        box.field: answers[box.key].split(",") if box.kind == "many" else answers[box.key]
        for box in boxes
        if box.key in answers
    }
