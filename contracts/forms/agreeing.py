"""What partners are asked for."""

import datetime
from typing import Any

from django import forms

from contracts.clauses import Box
from contracts.content import day
from contracts.models import Answer
from mentoring.accounts.models import Person
from mentoring.forms import Form
from mentoring.wording import listed, say_rhythm
from programmes.models import Partnership

from .tables import TableField

SEEN = "seen-"
LONGEST_ANSWER = 4_000  # characters
LONGEST_SEEN = 20_000  # what stood in a box, lines of a table with their marks included
RHYTHMS = (7, 14, 21, 28, 42, 56, 84)  # days between meetings that are offered


class DiscussForm(Form):
    """The boxes that one partner may fill in, each with what it held when the page was drawn.

    Nothing is required here, so that one can save and come back; all of it is before signing.
    """

    mark_optional = ()

    def __init__(
        self,
        *args: Any,
        boxes: list[Box],
        answers: dict[str, Answer],
        person: Person,
        readers: str,
        cadence_days: int,
        elsewhere: dict[str, str],
        **kwargs: Any,
    ) -> None:
        self.boxes = [box for box in boxes if box.may_be_filled_by(person)]
        kept = {box.name: answers[box.name].words if box.name in answers else "" for box in self.boxes}
        seen = {SEEN + name: words for name, words in kept.items()}
        known = {box.name: elsewhere[box.clause.key] for box in self.boxes if is_known(box, kept, elsewhere)}
        super().__init__(*args, initial={**kept, **known, **seen, "cadence_days": cadence_days}, **kwargs)
        self.fields["cadence_days"] = rhythm_field(cadence_days)
        for box in self.boxes:
            field = field_of(box, answers.get(box.name))
            if box.name in known:
                field.help_text += " This is what you wrote in another agreement: change it where it is not so here."
            field.readers, field.also = readers, box.clause.also  # type: ignore[attr-defined]
            self.fields[box.name] = field
            self.fields[SEEN + box.name] = forms.CharField(
                required=False, strip=False, widget=forms.HiddenInput, max_length=LONGEST_SEEN
            )

    def rhythm(self) -> int | None:
        """How often they mean to meet, in days, where that was asked."""
        chosen = self.cleaned_data.get("cadence_days")
        return int(chosen) if chosen else None

    def words(self) -> dict[str, str]:
        """What stands in each box now, with the line ends that the database keeps."""
        return {box.name: one_line_end(self.cleaned_data.get(box.name, "")) for box in self.boxes}

    def seen(self) -> dict[str, str]:
        """What stood in each box when the page was drawn."""
        return {box.name: one_line_end(self.cleaned_data.get(SEEN + box.name, "")) for box in self.boxes}


def is_known(box: Box, kept: dict[str, str], elsewhere: dict[str, str]) -> bool:
    """Whether an empty box of one's own can begin with what one wrote elsewhere. What is chosen is chosen each time."""
    return bool(box.member and box.clause.kind == "text" and not kept[box.name] and box.clause.key in elsewhere)


def rhythm_field(now: int) -> forms.Field:
    """How often they meet, beginning with what holds now."""
    return forms.ChoiceField(
        label="How often you meet",
        help_text="Reminders follow what you choose here.",
        choices=[(days, say_rhythm(days).capitalize()) for days in sorted({now, *RHYTHMS})],
        required=False,
    )


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n")


def field_of(box: Box, answer: Answer | None) -> forms.Field:
    """A text area or a choice, saying who wrote last."""
    clause = box.clause
    help_text = clause.text
    if answer and answer.words:
        help_text += f" Last filled in by {answer.written_by} on {day(answer.written_at)}."
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
    others = [str(member.person) for member in partnership.present_members() if member.person_id != me.pk]
    return f"{listed(['You', *others, 'the programme’s co-ordinators'])} read this."


class AcceptForm(Form):
    """Which box somebody is content with (all of them where none is named), and what was the latest they had read."""

    box = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)


class DeclineForm(Form):
    """Why somebody would rather not sign, and for whom that is."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label="What would have to be different?",
        help_text="A sentence is enough. Nothing is signed, and nobody is bound.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write a sentence, so that it can be changed."},
    )
    told = forms.ChoiceField(
        label="Who reads this?",
        choices=[("all", "The others in this partnership, and the co-ordinators"), ("few", "The co-ordinators alone")],
        initial="all",
        widget=forms.RadioSelect,
    )


class ChangeForm(Form):
    """What somebody would like to be different in an agreement that everybody has signed."""

    what = forms.ChoiceField(
        label="What would you like to change?",
        choices=[("words", "What we agreed, or how often we meet"), ("end", "The day on which it ends")],
        widget=forms.RadioSelect,
    )
    ends_on = forms.DateField(
        label="New last day", required=False, help_text="Later to go on longer, earlier to finish sooner."
    )

    def clean(self) -> dict[str, Any]:
        if (
            self.cleaned_data.get("what") == "end"
            and not self.cleaned_data.get("ends_on")
            and "ends_on" not in self.errors
        ):
            self.add_error("ends_on", "Say which day is to be the last.")
        return self.cleaned_data

    @property
    def last_day(self) -> datetime.date | None:
        return self.cleaned_data["ends_on"] if self.cleaned_data["what"] == "end" else None


class ScanForm(Form):
    """The scan of an agreement that was signed on paper."""

    scan = forms.FileField(
        label="The scan",
        help_text="One PDF, or a JPEG or PNG picture, of at most 8 MB, with every signature on it. "
        "We keep what can be seen on it, and nothing else that is in the file.",
    )


class PaperForm(Form):
    """That the signature on the scan is one's own."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SignForm(Form):
    """A typed name is the signature; the text that was read is named by its SHA-256."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    typed_name = forms.CharField(
        label="Your full name",
        max_length=200,
        help_text="As you sign a letter.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Type your full name to sign."},
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    credential = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
