"""Forms of step 7."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from mentoring.forms import Form, ModelForm

from .models import Measurement, QuestionKind, SurveyQuestion
from .tallies import SCALE

OPEN_FOR_DAYS = 21


class SurveyForm(Form):
    """The questions of a survey for one role. Any of them may be left out, but not all."""

    mark_optional = ()

    def __init__(self, *args: Any, questions: Iterable[SurveyQuestion], is_anonymous: bool, **kwargs: Any) -> None:
        self.questions, self.is_anonymous = questions, is_anonymous
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        for question in self.questions:
            self.fields[question.key] = field_for(question, is_anonymous=self.is_anonymous)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return {key: int(answer) if key in self.scales else answer for key, answer in cleaned.items() if answer}

    @property
    def scales(self) -> set[str]:
        return {key for key, field in self.fields.items() if getattr(field, "is_scale", False)}


def field_for(question: SurveyQuestion, *, is_anonymous: bool) -> forms.Field:
    """The field that asks a question."""
    if question.kind == QuestionKind.SCALE:
        field: forms.Field = forms.ChoiceField(
            label=question.label,
            help_text=f"1 means “{question.low.lower()}”, 5 means “{question.high.lower()}”.",
            choices=[(str(value), str(value)) for value in SCALE],
            widget=forms.RadioSelect(attrs={"class": "tiles"}),
            required=False,
        )
        field.is_scale = True  # type: ignore[attr-defined]
        return field
    if question.kind == QuestionKind.CHOICE:
        choices = [(option["key"], option["label"]) for option in question.options]
        return forms.ChoiceField(label=question.label, choices=choices, widget=forms.RadioSelect, required=False)
    field = forms.CharField(label=question.label, widget=forms.Textarea(attrs={"rows": 3}), required=False)
    field.readers = (  # type: ignore[attr-defined]
        "The co-ordinators read this, without your name."
        if is_anonymous
        else "The co-ordinators read this, with your name."
    )
    return field


class OpeningForm(Form):
    """How the survey is asked. Nothing is sent until this is confirmed."""

    anonymity = forms.ChoiceField(
        label="Anonymous or named?",
        choices=[
            ("anonymous", "Anonymous: nobody can see who answered what"),
            ("named", "Named: co-ordinators see who answered what"),
        ],
        initial="anonymous",
        widget=forms.RadioSelect,
        help_text="People are told before the first question, and it cannot be changed afterwards.",
    )
    closes_on = forms.DateField(label="Last day for answers")
    draft = forms.BooleanField(
        label="Let me read the messages before they go",
        required=False,
        help_text="They wait on the Messages page until you send them.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].initial = timezone.localdate() + datetime.timedelta(days=OPEN_FOR_DAYS)

    def clean_closes_on(self) -> datetime.date:
        day = self.cleaned_data["closes_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(f"{day:%-d %B %Y} leaves no time to answer. Choose a later day.")
        return day


class FigureForm(ModelForm):
    """A figure that somebody looked up."""

    class Meta:
        model = Measurement
        fields = ["value", "measured_on", "source"]
        help_texts = {
            "measured_on": "The day for which the figure is true.",
            "source": "So that somebody else finds it again: a report, a system, a person.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measured_on"].initial = timezone.localdate()

    def clean_measured_on(self) -> datetime.date:
        day = self.cleaned_data["measured_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(f"{day:%-d %B %Y} has not come yet.")
        return day
