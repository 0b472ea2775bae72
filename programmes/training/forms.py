"""Input about training sessions."""

from typing import Any

from django import forms

from mentoring.forms import Form, ModelForm
from programmes.models import Participant, Programme

from .models import LONGEST_SESSION, AttendanceState, Purpose, TrainingSession
from .queries import topics_of


class SessionForm(ModelForm):
    """When, where, by whom, for whom, about what."""

    starts_at = forms.DateTimeField(
        label="Date and time",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Give a day and a time, for example 2027-01-11 13:30."},
    )
    minutes = forms.IntegerField(label="How long, in minutes", min_value=15, max_value=LONGEST_SESSION, initial=180)
    topics = forms.MultipleChoiceField(label="Topics", widget=forms.CheckboxSelectMultiple, required=False)

    class Meta:
        model = TrainingSession
        fields = [
            "title", "audience", "purpose", "starts_at", "minutes", "medium", "place", "trainer", "places", "topics", "needs_found",
        ]  # fmt: skip
        widgets = {"audience": forms.RadioSelect, "purpose": forms.RadioSelect, "medium": forms.RadioSelect}
        labels = {
            "title": "Title",
            "audience": "Who is it for?",
            "medium": "How?",
            "place": "Room and building, or the link",
            "trainer": "Who leads it?",
            "purpose": "What is it for?",
            "places": "How many can come?",
            "needs_found": "Further needs that came up",
        }
        help_texts = {
            "purpose": "Training or induction makes people trained; a refresher or the launch does not.",
            "places": "Leave it empty where there is room for everybody.",
            "needs_found": "For afterwards: what people asked for, and what you will offer.",
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(topic["key"], topic["title"]) for topic in topics_of(programme)]
        self.fields["topics"].choices = topics
        self.fields["needs_found"].readers = "Read by the co-ordinators of this programme"
        self.fields["purpose"].required = False
        if self.instance._state.adding:
            self.initial["topics"] = [key for key, _ in topics]

    def clean_purpose(self) -> str:
        return self.cleaned_data["purpose"] or Purpose.TRAINING


class AttendanceForm(Form):
    """One question for each person who was expected."""

    mark_optional = ()

    def __init__(self, *args: Any, expected: list[Participant], recorded: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = {f"came-{participant.pk}": participant for participant in expected}
        for name, participant in self.expected.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{participant.name} ({participant.get_role_display().lower()})",
                choices=AttendanceState.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=recorded.get(participant.pk),
            )

    def everybody(self) -> dict[Participant, AttendanceState]:
        """The same said of everybody: they came."""
        return dict.fromkeys(self.expected.values(), AttendanceState.ATTENDED)

    def came(self) -> dict[Participant, AttendanceState]:
        """What was ticked; people about whom nothing was said are left out."""
        said = ((participant, self.cleaned_data[name]) for name, participant in self.expected.items())
        return {participant: AttendanceState(state) for participant, state in said if state}
