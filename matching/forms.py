"""Input of the matching desk."""

from typing import Any

from django import forms

from mentoring.forms import Form
from programmes.models import Participant, ParticipantRole, Programme
from programmes.queries import participants_in

from .models import ExclusionReason


class PersonChoice(forms.ModelChoiceField):
    """A participant, by name."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class ExclusionForm(Form):
    mentee = PersonChoice(Participant.objects.none(), empty_label="Choose a mentee")
    mentor = PersonChoice(Participant.objects.none(), empty_label="Choose a mentor")
    reason = forms.ChoiceField(choices=ExclusionReason.choices, widget=forms.RadioSelect, label="Why")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in (ParticipantRole.MENTEE, ParticipantRole.MENTOR):
            field = self.fields[role]
            field.queryset = participants_in(programme, role)
            field.error_messages["invalid_choice"] = f"Choose a {role} of this programme from the list."
