"""Forms of meetings: quick to fill in on a phone, and clear about who reads each box."""

import datetime
from collections.abc import Collection
from typing import Any

from django import forms as fields
from django.utils.formats import date_format

from mentoring.accounts.models import Person
from mentoring.forms import Form, bound
from programmes.models import Partnership

from .actions import Activity, Words
from .boxes import Box
from .models import LONGEST_MEETING, Medium, Usefulness

OTHER = "other"
LENGTHS = {"30": "30 min", "45": "45 min", "60": "1 hour", "90": "1½ hours", "120": "2 hours", OTHER: "Other"}
DAYS = {"today": 0, "yesterday": 1}  # days back
FURTHEST_AHEAD = 366  # days


def tiles(label: str, choices: Any, **options: Any) -> fields.ChoiceField:
    """A choice of few, as large tiles that one thumb can reach."""
    return fields.ChoiceField(
        label=label, choices=choices, widget=fields.RadioSelect(attrs={"class": "tiles"}), **options
    )


def day(label: str, **options: Any) -> fields.DateField:
    return fields.DateField(label=label, widget=fields.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def box_field(box: Box) -> fields.Field:
    if box.kind == "date":
        return day(box.label, required=False, help_text=box.hint)
    if box.kind == "many":
        boxes = fields.CheckboxSelectMultiple
        return fields.MultipleChoiceField(label=box.label, required=False, choices=box.choices, widget=boxes)
    widget = fields.Textarea(attrs={"rows": 3}) if box.kind == "long_text" else fields.TextInput()
    field = fields.CharField(label=box.label, required=False, help_text=box.hint, widget=widget)
    bound(field)
    return field


def as_words(value: str | list[str] | datetime.date) -> str:
    """What stands in a box, as it is kept."""
    if isinstance(value, list):
        return ",".join(value)
    return value if isinstance(value, str) else value.isoformat()


class RecordForm(Form):
    """What partners keep of a meeting: one next step, the next date, and the programme's boxes (G9)."""

    next_step = fields.CharField(
        label="Next step", required=False, max_length=1000, widget=fields.Textarea(attrs={"rows": 2})
    )
    next_on = day("When you will meet next", required=False)
    seen = fields.CharField(required=False, widget=fields.HiddenInput, max_length=40)
    mark_optional: Collection[str] = ("next_step",)

    def __init__(
        self, *args: Any, partnership: Partnership, today: datetime.date, boxes: list[Box], **kwargs: Any
    ) -> None:
        self.partnership, self.today, self.boxes = partnership, today, boxes
        super().__init__(*args, **kwargs)
        for box in boxes:
            if box.is_next_date:
                self.fields[box.field].label = box.label
            else:
                self.fields[box.field] = box_field(box)
            if box.by:
                self.fields[box.due_field] = day("By when?", required=False)

    def tell_readers(self, both: str) -> None:
        """Say under every box who reads it."""
        self.fields["next_step"].readers = both
        for box in self.boxes:
            self.fields[box.field].readers = "Only you read this." if box.is_private else both
            if box.by:
                self.fields[box.due_field].readers = f"{both[:-1]}; your co-ordinator sees the date."
        self.fields["next_on"].readers = f"{both[:-1]}; your co-ordinator sees the date."

    @property
    def shared(self) -> list[Any]:
        boxes = [box for box in self.boxes if not box.is_private]
        return [self[name] for box in boxes for name in (box.field, box.due_field) if name in self.fields]

    @property
    def private(self) -> list[Any]:
        return [self[box.field] for box in self.boxes if box.is_private]

    @property
    def more_is_wanted(self) -> bool:
        """Whether what stands under "Add more" must be open: something is in it, or wrong with it."""
        return any(field.errors or field.value() for field in [*self.shared, *self.private])

    def clean_next_on(self) -> datetime.date | None:
        next_on = self.cleaned_data["next_on"]
        if next_on and next_on > self.today + datetime.timedelta(days=FURTHEST_AHEAD):
            raise fields.ValidationError(
                f"{date_format(next_on, 'j F Y')} is more than a year away. Give an earlier day."
            )
        return next_on

    @property
    def words(self) -> Words:
        """What is kept of the meeting."""
        return Words(
            next_on=self.cleaned_data["next_on"],
            next_step=self.cleaned_data["next_step"],
            answers=self._answers(private=False),
            reflection=self._answers(private=True),
            due={box.key: due for box in self.boxes if box.by and (due := self.cleaned_data[box.due_field])},
        )

    def _answers(self, *, private: bool) -> dict[str, str]:
        boxes = [box for box in self.boxes if box.is_private == private and not box.is_next_date]
        given = {box.key: self.cleaned_data[box.field] for box in boxes}
        return {key: as_words(value) for key, value in given.items() if value}


class WhenForm(Form):
    """On which day: today, yesterday or another."""

    when = tiles("When did you meet?", [("today", "Today"), ("yesterday", "Yesterday"), (OTHER, "Another day")])
    met_on = day("Which day?", required=False)

    today: datetime.date
    partnership: Partnership
    mark_optional: Collection[str] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") in DAYS:
            cleaned["met_on"] = self.today - datetime.timedelta(days=DAYS[cleaned["when"]])
        elif cleaned.get("when") == OTHER and "met_on" not in self.errors:
            self._check_other_day(cleaned.get("met_on"))
        return cleaned

    def _check_other_day(self, met_on: datetime.date | None) -> None:
        if met_on is None:
            self.add_error("met_on", "Give the day, or choose “Today” or “Yesterday”.")
        elif met_on > self.today:
            self.add_error("met_on", f"{date_format(met_on, 'j F Y')} has not come yet. Give a day up to today.")


class HowForm(Form):
    """How, how long and how useful."""

    medium = tiles("How?", Medium.choices)
    length = tiles("How long?", list(LENGTHS.items()))
    minutes = fields.IntegerField(
        label="How many minutes?", required=False, widget=fields.NumberInput(attrs={"inputmode": "numeric", "min": 1})
    )
    usefulness = tiles("How useful was it?", Usefulness.choices, required=False)
    mark_optional: Collection[str] = ("usefulness",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "usefulness"
        ].readers = "Nobody reads your answer by itself. Your co-ordinator sees totals of five people or more."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        length = cleaned.get("length")
        if length and length != OTHER:
            cleaned["minutes"] = int(length)
        elif length == OTHER and "minutes" not in self.errors:
            self._check_minutes(cleaned.get("minutes"))
        return cleaned

    def _check_minutes(self, minutes: int | None) -> None:
        if minutes is None:
            self.add_error("minutes", "Give the number of minutes, or choose one of the lengths.")
        elif not 1 <= minutes <= LONGEST_MEETING:
            self.add_error(
                "minutes",
                f"{minutes} minutes cannot be right. Give a number from 1 to {LONGEST_MEETING} (a whole day).",
            )

    @property
    def activity(self) -> Activity:
        """Day, length and way of meeting."""
        names = ("met_on", "minutes", "medium", "usefulness", "began_on")
        said: dict[str, Any] = {name: self.cleaned_data.get(name) for name in names}
        return Activity(**said)


class MeetingForm(WhenForm, HowForm, RecordForm):
    """A meeting in four taps, and more for those who want it (A6, G9, G10)."""

    field_order = ["when", "met_on", "medium", "began_on", "length", "minutes", "usefulness", "next_step", "next_on"]
    began_on = day(
        "Day of the first e-mail",
        required=False,
        help_text="Several e-mails can be one conversation. Give the day of the last one above.",
    )
    mark_optional = ("began_on", *HowForm.mark_optional, *RecordForm.mark_optional)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("medium") != Medium.EMAIL:
            cleaned["began_on"] = None
        elif (began_on := cleaned.get("began_on")) and began_on > (cleaned.get("met_on") or began_on):
            self.add_error("began_on", "The first e-mail cannot come after the last. Give an earlier day.")
        return cleaned


class NotMetForm(WhenForm):
    """That a meeting did not take place. Nobody is asked why."""

    next_on = day(
        "When will you try again?",
        required=False,
        help_text="If you know. A date keeps reminders away until then.",
    )
    mark_optional = ("next_on",)

    def __init__(self, *args: Any, partnership: Partnership, today: datetime.date, **kwargs: Any) -> None:
        self.partnership, self.today = partnership, today
        super().__init__(*args, **kwargs)
        self.fields["when"].label = "Which day was it meant for?"

    def clean_next_on(self) -> datetime.date | None:
        next_on = self.cleaned_data["next_on"]
        if next_on and not self.today <= next_on <= self.today + datetime.timedelta(days=FURTHEST_AHEAD):
            raise fields.ValidationError("Give a day from today, within a year.")
        return next_on


class ActionForm(Form):
    """Something that one of them, or all of them, will do."""

    what = fields.CharField(label="What?", max_length=500)
    who = fields.ChoiceField(label="Who?", required=False)
    due_on = day("By when?", required=False)
    mark_optional = ("due_on",)

    def __init__(self, *args: Any, partnership: Partnership, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.person_id): one.person for one in partnership.present_members()}
        names = [(key, "Me" if one == person else str(one)) for key, one in self.people.items()]
        self.fields["who"].choices = [*names, ("", "All of us")]
        self.fields["who"].initial = str(person.pk)
        others = ", ".join(str(one) for one in self.people.values() if one != person)
        self.fields["what"].readers = f"You and {others} read this."

    @property
    def noted(self) -> dict[str, Any]:
        """What is noted, for whom, and by when."""
        return {
            "what": self.cleaned_data["what"],
            "who": self.people.get(self.cleaned_data["who"]),
            "due_on": self.cleaned_data["due_on"],
        }


class MetSinceForm(WhenForm, HowForm):
    """Yes, they have met since the day that a link names: when, how and how long."""

    field_order = ["when", "met_on", "medium", "length", "minutes", "usefulness"]
    mark_optional = HowForm.mark_optional

    def __init__(self, *args: Any, today: datetime.date, day: datetime.date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)


class HeldOnForm(HowForm):
    """Yes, they met on the day that a link asks about."""

    def __init__(self, *args: Any, today: datetime.date, day: datetime.date, **kwargs: Any) -> None:
        self.day = day
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"met_on": self.day}


class NotHeldForm(Form):
    """No: the button is the answer."""

    def __init__(self, *args: Any, today: datetime.date, day: datetime.date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)


class MovedForm(NotHeldForm):
    """It is on another day instead."""

    next_on = day("Which day instead?")

    def clean_next_on(self) -> datetime.date | None:
        next_on = self.cleaned_data["next_on"]
        if not self.today <= next_on <= self.today + datetime.timedelta(days=FURTHEST_AHEAD):
            raise fields.ValidationError("Give a day from today, within a year. If you have met by now, choose “Yes”.")
        return next_on


class NotYetForm(MovedForm):
    """Not since then; a day that they have in mind keeps reminders away."""

    next_on = day(
        "When will you meet?", required=False, help_text="If you know. A date keeps reminders away until then."
    )
    mark_optional = ("next_on",)

    def clean_next_on(self) -> datetime.date | None:
        return super().clean_next_on() if self.cleaned_data["next_on"] else None
