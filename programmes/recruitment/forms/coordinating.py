"""What a co-ordinator fills in."""

from typing import Any

from django import forms

from mentoring.forms import Form, ModelForm
from programmes.models import MOST_PLACES
from programmes.recruitment.models import AppliesAs, Opening, Question


class OpeningForm(ModelForm):
    """From when to when people may apply for one role."""

    mentors_first = forms.BooleanField(label="Open for mentors first", required=False)

    class Meta:
        model = Opening
        fields = ["opens_on", "closes_on"]
        labels = {"opens_on": "First day", "closes_on": "Last day"}
        help_texts = {"closes_on": "Leave it empty to keep it open until you close it."}
        widgets = {name: forms.DateInput({"type": "date"}, format="%Y-%m-%d") for name in fields}

    def __init__(self, *args: Any, role: str, warn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if role != AppliesAs.MENTOR or not warn:
            del self.fields["mentors_first"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", f"The last day, {last:%-d %B %Y}, is before the first, {first:%-d %B %Y}.")
        return cleaned


class NoteForm(Form):
    """Notes of a conversation (S7)."""

    note = forms.CharField(
        label="Notes of your conversation",
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="A short telephone call often says more than a form.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].readers = "Read by co-ordinators of this programme alone"


class PlacesForm(Form):
    """How many mentees a mentor takes at once (S8)."""

    capacity = forms.IntegerField(label="Mentees at once", min_value=0, max_value=MOST_PLACES)


class QuestionForm(ModelForm):
    """The words of a question."""

    class Meta:
        model = Question
        fields = ["label", "hint", "why", "required"]
