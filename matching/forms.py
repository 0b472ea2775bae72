"""Input of the matching desk."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from mentoring.forms import Form
from programmes.models import Participant, ParticipantRole, Programme
from programmes.queries import participants_in
from programmes.recruitment.models import Question

from .asking.criteria import Choice, Level, choice_of, comparison_of
from .models import ExclusionReason

EXPLAINED = {
    "wants_offers": "The more of what a mentee asks for a mentor offers, the better.",
    "overlap": "The more answers they share, the better.",
    "same": "Better when both give the same answer.",
    "distance": "The nearer, the better. Counts for nothing from the distance below on; where it must fit, no pair is further apart.",
    "gap": "Best when the mentor is so many steps ahead; where it must fit, no pair is outside.",
}
NUMBERS = {
    "far": ("Miles", 1, 1000),
    "lowest": ("Steps ahead, at least", -10, 10),
    "highest": ("Steps ahead, at most", -10, 10),
}


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


class PartnerForm(Form):
    """A partner for somebody; `anyway` where a rule that may be set aside speaks against it."""

    mentor = PersonChoice(Participant.objects.none(), widget=forms.HiddenInput)
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, partners: QuerySet[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset = partners
        self.fields["mentor"].error_messages["invalid_choice"] = "Choose somebody of this programme from the list."


class CriteriaForm(Form):
    """How each question counts. Distances and steps are asked where the comparison has them."""

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        self.questions = questions
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        for question in self.questions:
            said = choice_of(question)
            self.fields[question.key] = forms.ChoiceField(
                choices=Level.choices,
                initial=said.level,
                label=question.label,
                help_text=EXPLAINED[comparison_of(question)["comparison"]],
                widget=forms.RadioSelect({"class": "tiles"}),
            )
            for name, (label, least, most) in NUMBERS.items():
                if (value := getattr(said, name)) is not None:
                    self.fields[f"{question.key}-{name}"] = forms.IntegerField(
                        initial=value, label=label, min_value=least, max_value=most
                    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for question in self.questions:
            lowest, highest = (cleaned.get(f"{question.key}-{name}") for name in ("lowest", "highest"))
            if lowest is not None and highest is not None and highest < lowest:
                self.add_error(f"{question.key}-highest", f"At most {highest} is less than at least {lowest}.")
        return cleaned

    @property
    def choices(self) -> dict[str, Choice]:
        """What was chosen, by the key of the question."""
        return {
            question.key: Choice(
                self.cleaned_data[question.key],
                **{name: self.cleaned_data.get(f"{question.key}-{name}") for name in NUMBERS},
            )
            for question in self.questions
        }
