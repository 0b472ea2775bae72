"""Kinds of question: how each is asked on a form, read from a cell of a list, kept, and said in words.

Kept values: text and long_text a string; choice an option's key; many a list of keys; scale a whole number from 1 to 5;
place {name, region} and, where the town is known, latitude and longitude; availability a list of "mon-morning";
ranked a list of keys, the most wanted first. Nothing answered is no value at all.
"""

import re
from typing import Any, Protocol

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .fields import DAYS, PARTS, WEEK, PlaceField, RankingField, WeekField
from .models import Question, QuestionKind
from .places import place_value, say_place

SHORT, LONG = 200, 4_000  # characters
LOWEST, HIGHEST = 1, 5
FEW = 8  # options that are shown as a list; more become a menu


class Unreadable(ValueError):
    """A cell that is no answer to its question. Says what was expected."""


class Kind(Protocol):
    def field(self, question: Question, **options: Any) -> forms.Field:
        """The form field that asks the question and cleans to a kept value."""

    def read(self, question: Question, cell: str) -> Any:
        """The kept value that a cell's words mean. Unreadable when they mean none."""

    def say(self, question: Question, value: Any) -> str:
        """A kept value in words, in the form that `read` understands."""


class Text:
    longest = SHORT

    def field(self, question: Question, **options: Any) -> forms.Field:
        return forms.CharField(max_length=self.longest, widget=self.widget(), **options)

    def widget(self) -> forms.Widget:
        return forms.TextInput()

    def read(self, question: Question, cell: str) -> str:
        if len(cell) > self.longest:
            raise Unreadable(f"at most {self.longest:,} characters, not {len(cell):,}")
        return cell

    def say(self, question: Question, value: str) -> str:
        return value


class LongText(Text):
    longest = LONG

    def widget(self) -> forms.Widget:
        return forms.Textarea({"rows": 5})


class Choice:
    def field(self, question: Question, **options: Any) -> forms.Field:
        if len(question.options) <= FEW:
            return forms.ChoiceField(choices=question.choices, widget=forms.RadioSelect(), **options)
        return forms.ChoiceField(choices=[("", "Choose one"), *question.choices], **options)

    def read(self, question: Question, cell: str) -> str:
        return find_option(question, cell)

    def say(self, question: Question, value: str) -> str:
        return dict(question.choices).get(value, value)


class Many:
    separators = r"[;|\n]"

    def field(self, question: Question, **options: Any) -> forms.Field:
        return ManyField(choices=question.choices, most=question.most, **options)

    def read(self, question: Question, cell: str) -> list[str]:
        chosen = [find_option(question, part) for part in split(cell, self.separators, question)]
        if question.most and len(chosen) > question.most:
            raise Unreadable(f"at most {question.most} of the list, not {len(chosen)}")
        return [key for key, _ in question.choices if key in chosen]

    def say(self, question: Question, value: list[str]) -> str:
        labels = dict(question.choices)
        return "; ".join(labels.get(key, key) for key in value)


class ManyField(forms.MultipleChoiceField):
    """Any of a list, kept in the list's order; at most `most` of them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, most: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.most = most

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        if self.most and len(chosen) > self.most:
            raise forms.ValidationError(f"You chose {len(chosen)}. Choose at most {self.most}.")
        return [key for key, _ in self.choices if key in chosen]  # type: ignore[union-attr,misc]


class Scale:
    def field(self, question: Question, **options: Any) -> forms.Field:
        steps = [(step, self.say_step(question, step)) for step in range(LOWEST, HIGHEST + 1)]
        return forms.TypedChoiceField(
            coerce=int, empty_value=None, choices=steps, widget=forms.RadioSelect({"class": "tiles"}), **options
        )

    def say_step(self, question: Question, step: int) -> str:
        end = {LOWEST: question.low, HIGHEST: question.high}.get(step)
        return f"{step} – {end}" if end else str(step)

    def read(self, question: Question, cell: str) -> int:
        for step in range(LOWEST, HIGHEST + 1):
            if cell in (str(step), self.say_step(question, step)):
                return step
        raise Unreadable(f"a whole number from {LOWEST} to {HIGHEST}")

    def say(self, question: Question, value: int) -> str:
        return self.say_step(question, value)


class Place:
    def field(self, question: Question, **options: Any) -> forms.Field:
        return PlaceField(**options)

    def read(self, question: Question, cell: str) -> dict[str, Any]:
        name, _, region = cell.partition(",")
        value = place_value(cell) or place_value(name, (place_value(region) or {}).get("region", "") if region else "")
        if value is None or len(cell) > SHORT:
            raise Unreadable("a town we know, the first half of a postcode, or a region such as “Wales”")
        return value

    def say(self, question: Question, value: dict[str, Any]) -> str:
        return say_place(value)


class Availability:
    def field(self, question: Question, **options: Any) -> forms.Field:
        return WeekField(**options)

    def read(self, question: Question, cell: str) -> list[str]:
        free = {key for part in re.split(r"[;,|\n]", cell) if part.strip() for key in self.read_part(part)}
        return [key for key in WEEK if key in free]

    def read_part(self, part: str) -> list[str]:
        """ "Monday morning", "Mon", "mornings" or "mon-morning": each narrows the week."""
        words = re.findall(r"[a-z]+", part.casefold())
        days = [day for day in DAYS if any(word.startswith(day) for word in words)]
        parts = [name for name in PARTS if any(word.rstrip("s") == name for word in words)]
        if not words or len(days) + len(parts) != len(words):
            raise Unreadable("days and parts of the day, for example “Monday morning; Thursday evening”")
        return [f"{day}-{name}" for day in days or DAYS for name in parts or PARTS]

    def say(self, question: Question, value: list[str]) -> str:
        return "; ".join(WEEK.get(key, key) for key in value)


class Ranked(Many):
    separators = r"[;|\n>]"

    def field(self, question: Question, **options: Any) -> forms.Field:
        return RankingField(choices=question.choices, most=question.most or 3, **options)

    def read(self, question: Question, cell: str) -> list[str]:
        ranked = [find_option(question, part) for part in split(cell, self.separators, question)]
        if len(set(ranked)) < len(ranked) or len(ranked) > (question.most or 3):
            raise Unreadable(f"at most {question.most or 3} different choices, the most wanted first")
        return ranked


KINDS: dict[str, Kind] = {
    QuestionKind.TEXT: Text(),
    QuestionKind.LONG_TEXT: LongText(),
    QuestionKind.CHOICE: Choice(),
    QuestionKind.MANY: Many(),
    QuestionKind.SCALE: Scale(),
    QuestionKind.PLACE: Place(),
    QuestionKind.AVAILABILITY: Availability(),
    QuestionKind.RANKED: Ranked(),
}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


def ask(question: Question) -> forms.Field:
    """The form field of a question, with its words."""
    messages = {"required": f"Answer “{question.label}”.", "invalid_choice": "Choose from the list."}
    return kind_of(question).field(
        question, label=question.label, help_text=explain(question), required=question.required, error_messages=messages
    )


def explain(question: Question) -> SafeString:
    """The hint, and why it is asked."""
    if question.hint and question.why:
        return format_html("{}<br>{}", question.hint, question.why)
    return format_html("{}", question.hint or question.why)


def say(question: Question, value: Any) -> str:
    """An answer in words; empty for none."""
    return kind_of(question).say(question, value) if value not in (None, "", []) else ""


def read(question: Question, cell: str) -> Any:
    """The value that a cell means; None for an empty one. Raises Unreadable."""
    return kind_of(question).read(question, cell.strip()) if cell.strip() else None


def find_option(question: Question, words: str) -> str:
    """The key of the option with this label or key, whatever its case."""
    wanted = words.strip().casefold()
    for key, label in question.choices:
        if wanted in (key.casefold(), label.casefold()):
            return key
    raise Unreadable(f"one of: {'; '.join(label for _, label in question.choices)}")


def split(cell: str, separators: str, question: Question) -> list[str]:
    """The parts of a list in one cell. Commas part them too, unless the whole is one option."""
    parts = [part.strip() for part in re.split(separators, cell) if part.strip()]
    labels = {name.casefold() for option in question.choices for name in option}
    return [
        piece.strip()
        for part in parts
        for piece in ([part] if part.casefold() in labels else part.split(","))
        if piece.strip()
    ]
