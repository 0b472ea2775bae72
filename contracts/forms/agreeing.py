"""What partners are asked for."""

from typing import Any

from django import forms

from contracts.clauses import Box
from contracts.content import day
from contracts.models import Answer
from mentoring.accounts.models import Person
from mentoring.forms import Form
from programmes.models import Partnership

from .tables import TableField

SEEN = "seen-"
LONGEST_ANSWER = 4_000  # characters


class DiscussForm(Form):
    """The boxes that one partner may fill in, each with what it held when the page was drawn.

    Nothing is required here, so that one can save and come back; all of it is before signing.
    """

    mark_optional = False

    def __init__(
        self, *args: Any, boxes: list[Box], answers: dict[str, Answer], person: Person, readers: str, **kwargs: Any
    ) -> None:
        self.boxes = [box for box in boxes if box.may_be_filled_by(person)]
        kept = {box.name: answers[box.name].words if box.name in answers else "" for box in self.boxes}
        super().__init__(*args, initial={**kept, **{SEEN + name: words for name, words in kept.items()}}, **kwargs)
        for box in self.boxes:
            field = field_of(box, answers.get(box.name))
            field.readers = readers  # type: ignore[attr-defined]
            self.fields[box.name] = field
            self.fields[SEEN + box.name] = forms.CharField(
                required=False, strip=False, widget=forms.HiddenInput, max_length=LONGEST_ANSWER
            )

    def words(self) -> dict[str, str]:
        """What stands in each box now, with the line ends that the database keeps."""
        return {box.name: one_line_end(self.cleaned_data.get(box.name, "")) for box in self.boxes}

    def seen(self) -> dict[str, str]:
        """What stood in each box when the page was drawn."""
        return {box.name: one_line_end(self.cleaned_data.get(SEEN + box.name, "")) for box in self.boxes}


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n")


def field_of(box: Box, answer: Answer | None) -> forms.Field:
    """A text area or a choice, saying who wrote last."""
    clause = box.clause
    help_text = clause.text
    if answer and answer.words:
        help_text += f" Last written by {answer.written_by} on {day(answer.written_at)}."
    if clause.kind == "choice":
        options = [(option["key"], option["label"]) for option in clause.options]
        return forms.ChoiceField(
            label=clause.title, help_text=help_text, choices=options, required=False, widget=forms.RadioSelect
        )
    if clause.kind == "table":
        columns = [column["label"] for column in clause.columns]
        return TableField(columns, label=clause.title, help_text=help_text, required=False)
    return forms.CharField(
        label=clause.title,
        help_text=help_text,
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def readers_of(partnership: Partnership, me: Person) -> str:
    """Who reads what is written here, as the words under each box."""
    others = " and ".join(str(member.person) for member in partnership.ordered_members() if member.person_id != me.pk)
    return f"You, {others} and the programme’s co-ordinators read this."


class SignForm(Form):
    """A typed name is the signature; the text that was read is named by its SHA-256."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    typed_name = forms.CharField(
        label="Your full name",
        max_length=200,
        help_text="Typing your name here and pressing the button has the same meaning as signing on paper.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Type your full name to sign."},
    )
