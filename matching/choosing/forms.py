"""What people and co-ordinators are asked when people choose for themselves."""

import textwrap
from typing import Any
from uuid import UUID

from django import forms

from mentoring.forms import Form
from programmes.models import Degree
from programmes.recruitment.fields import RankingField
from programmes.recruitment.models import Question

from .models import LONGEST_ANSWER, MOST_OPEN

MANY_WORDS = 1_500  # characters


class DegreeForm(Form):
    """Who chooses (S5)."""

    degree = forms.ChoiceField(label="Who chooses?", choices=Degree.choices, widget=forms.RadioSelect)


class OpenForm(Form):
    """How long people have. Only what the programme's degree needs is asked."""

    answer_days = forms.IntegerField(
        label="Days to answer",
        min_value=1,
        max_value=LONGEST_ANSWER,
        initial=7,
        help_text="Whoever is asked has so many days. Then the request ends by itself, and both hear it.",
    )
    most_open = forms.IntegerField(
        label="Requests of one mentee at once",
        min_value=1,
        max_value=MOST_OPEN,
        initial=1,
        help_text="One is kindest to mentors: nobody is asked by somebody who is asking others too.",
    )
    closes_on = forms.DateField(
        label="Last day", required=False, help_text="Leave it empty and it stays open until you close it."
    )

    def __init__(self, *args: Any, degree: str, **kwargs: Any) -> None:
        self.degree = degree
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        if self.degree == Degree.SHORTLIST:
            del self.fields["answer_days"]
        if self.degree != Degree.DIRECTORY:
            del self.fields["most_open"]


class EventForm(Form):
    """When and where people meet, and for how long at each table."""

    held_at = forms.DateTimeField(
        label="It begins",
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    place = forms.CharField(label="Where", max_length=200)
    rounds = forms.IntegerField(
        label="Rounds", min_value=1, max_value=30, initial=6, help_text="How many people each can meet."
    )
    minutes = forms.IntegerField(label="Minutes at a table", min_value=2, max_value=60, initial=6)
    pause = forms.IntegerField(label="Minutes to change tables", min_value=0, max_value=30, initial=2)
    tables = forms.IntegerField(label="Tables", min_value=1, max_value=200, initial=20)
    closes_on = forms.DateField(
        label="Last day for ranking", required=False, help_text="After the event both sides say whom they would like."
    )


class ProfileForm(Form):
    """What possible partners may read. Nothing is ticked for anybody."""

    is_shown = forms.TypedChoiceField(
        label="May possible partners read something about you?",
        choices=[("yes", "Yes, what I tick below"), ("no", "No, nothing")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text="You can change this at any time.",
    )
    shows = forms.MultipleChoiceField(
        label="Which of your answers?", required=False, widget=forms.CheckboxSelectMultiple
    )
    shows_name = forms.BooleanField(
        label="Show my name too", required=False, help_text="Otherwise people read your name once you are partners."
    )
    about = forms.CharField(
        label="In your own words",
        required=False,
        max_length=MANY_WORDS,
        widget=forms.Textarea({"rows": 4}),
        help_text="Whatever helps somebody to choose. Leave out what would tell who you are, if you do not show your name.",
    )

    def __init__(self, *args: Any, answered: list[tuple[Question, str]], **kwargs: Any) -> None:
        self.answered = answered
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        choices = [(question.key, f"{question.label} – {shorten(words)}") for question, words in self.answered]
        self.fields["shows"].choices = choices
        if not choices:
            del self.fields["shows"]


class RankForm(Form):
    """Whom somebody would like, the most wanted first."""

    def __init__(self, *args: Any, choices: list[tuple[str, str]], most: int, **kwargs: Any) -> None:
        self.choices, self.most = choices, most
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["ranked"] = RankingField(
            choices=self.choices, most=self.most, label="Whom would you like?", required=False
        )

    def clean_ranked(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data["ranked"] or []]


class AskForm(Form):
    words = forms.CharField(
        label="What would you like to say?",
        max_length=MANY_WORDS,
        widget=forms.Textarea({"rows": 6}),
        help_text="What you hope for, and why you are asking this mentor. Your name goes with it.",
    )


class DeclineForm(Form):
    reason = forms.CharField(
        label="Would you like to say why?",
        required=False,
        max_length=MANY_WORDS,
        widget=forms.Textarea({"rows": 3}),
        help_text="Only your co-ordinator reads this. The other person never does.",
    )


def shorten(words: str) -> str:
    return textwrap.shorten(words, 90, placeholder=" …")
