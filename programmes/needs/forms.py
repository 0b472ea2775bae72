"""Forms of step 1."""

from typing import Any

from django import forms

from mentoring.forms import Form, ModelForm
from programmes.models import Programme

from .models import SHARES, Measure, NeedStatement, Objective
from .queries import scales_of


class NeedForm(ModelForm):
    """Why the programme should exist."""

    class Meta:
        model = NeedStatement
        fields = ["why", "target_group", "barriers", "mentors_from", "mission"]
        help_texts = {
            "why": "What is wrong or missing today, and what you hope will be different. Two or three sentences.",
            "target_group": "Be plain about whom you mean, so that people know whether to apply.",
            "barriers": "They differ by stage: at the start, in the middle, or just below the top.",
            "mentors_from": "People who have been there, inside your organisation or outside it.",
            "mission": "Name the strategy, charter or plan. It helps when you ask for support.",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}


class ObjectiveForm(ModelForm):
    """An objective and how it is measured. Each way of measuring asks for its own fields."""

    mark_optional = ()

    class Meta:
        model = Objective
        fields = ["wording", "measure", "meetings", "question", "at_least", "unit", "baseline", "target", "due_on"]
        widgets = {"measure": forms.RadioSelect}
        help_texts = {
            "wording": "What should be different at the end, in one sentence.",
            "meetings": "Only for partnerships that met often enough: at least this many meetings.",
            "question": "Only for survey answers: the question that tells you.",
            "at_least": "Only for survey answers: 4 counts fours and fives.",
            "unit": "What the figure counts. A share is always a percentage.",
            "baseline": "Where you stand today. Leave it empty if nobody knows.",
            "target": "Where you want to be. For a share, a number from 0 to 100.",
        }

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a question"), *scales_of(programme).items()]
        self.fields["question"] = forms.ChoiceField(
            label="Survey question", choices=choices, required=False, help_text=self.Meta.help_texts["question"]
        )
        self.fields["measure"].choices = Measure.choices
        self.fields["unit"].required = False
        self.fields["due_on"].initial = programme.ends_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        measure = cleaned.get("measure")
        if measure == Measure.MEETINGS_SHARE:
            self.ask_for("meetings", "Say how many meetings are often enough.")
        if measure == Measure.ANSWERS_SHARE:
            self.ask_for("question", "Choose the survey question that tells you.")
            self.ask_for("at_least", "Say which answers are high enough, for example 4.")
        if measure in SHARES:
            self.check_percentage(cleaned)
        elif measure:
            self.ask_for("unit", "Say what the figure counts, for example “applications a year”.")
        return cleaned

    def check_percentage(self, cleaned: dict[str, Any]) -> None:
        cleaned["unit"] = cleaned.get("unit") or UNITS[cleaned["measure"]]
        for name in ("baseline", "target"):
            value = cleaned.get(name)
            if value is not None and not 0 <= value <= 100:
                self.add_error(name, f"A share is a percentage: {value} is not between 0 and 100.")

    def ask_for(self, name: str, words: str) -> None:
        if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
            self.add_error(name, words)


UNITS = {Measure.MEETINGS_SHARE: "% of partnerships", Measure.ANSWERS_SHARE: "% of answers"}


class RemovalForm(Form):
    """Why an objective is taken away."""

    because = forms.CharField(
        label="Why is it taken away?",
        max_length=500,
        help_text="It stays on the page under “Taken away”, with this reason.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
