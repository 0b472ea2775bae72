"""What people fill in to get help."""

from typing import Any

from django import forms

from mentoring.accounts.models import Person
from mentoring.forms import Form

from .models import LONGEST, EnquiryKind
from .queries import possible_leads


def words(label: str, rows: int = 6, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **options)


class AskForm(Form):
    """A question or a difficulty, for the co-ordinators."""

    kind = forms.ChoiceField(
        label="What is it?", choices=EnquiryKind.choices, initial=EnquiryKind.QUESTION, widget=forms.RadioSelect
    )
    words = words("In your words")
    page = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)


class AnswerForm(Form):
    """An answer to whoever asked."""

    answer = words("Your answer")


class SuggestForm(Form):
    """A note for the suggestion box."""

    words = words("What would make the programme better?")


class ComplaintForm(Form):
    """What somebody complains of."""

    about = forms.CharField(label="Whom or what it is about", required=False, max_length=120)
    words = words("What happened, and what should be put right?", rows=10)


class ConcernForm(Form):
    """A worry about somebody's safety."""

    words = words("What worries you?", rows=10, help_text="As much or as little as you can say now.")


class LeadForm(Form):
    """Who reads concerns."""

    person = forms.ModelChoiceField(label="Who reads concerns", queryset=Person.objects.none())

    def add_fields(self) -> None:
        self.fields["person"].queryset = possible_leads()
