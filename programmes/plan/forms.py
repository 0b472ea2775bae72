"""Forms of step 2."""

import itertools
from typing import Any

from django import forms
from django.utils import timezone

from mentoring.forms import Form, ModelForm
from programmes.models import Programme

from .models import BudgetLine, Plan, WrittenPolicy

ORDER = ["recruitment_opens_on", "recruitment_closes_on", "training_on", "starts_on", "reviewed_on", "ends_on"]


class PlanForm(ModelForm):
    """The plan's words and dates, with the programme's own start and end among them."""

    starts_on = forms.DateField(label="Programme starts")
    ends_on = forms.DateField(label="Programme ends", help_text="A fixed end gives partners something to work towards.")

    class Meta:
        model = Plan
        fields = [
            "purpose",
            "supporter",
            "supporter_role",
            *[name for name in ORDER if name not in ("starts_on", "ends_on")],
        ]
        help_texts = {
            "purpose": "For somebody who decides in two minutes: who will be matched with whom, and how it will run.",
            "supporter": "Somebody senior who speaks up for the programme.",
            "supporter_role": "For example: Dean of Research.",
            "training_on": "The first session for mentors and mentees.",
            "reviewed_on": "When you will look at how it goes, about half way.",
        }
        widgets = {"purpose": forms.Textarea(attrs={"rows": 5})}

    field_order = ["purpose", "supporter", "supporter_role", *ORDER]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        initial = {"starts_on": programme.starts_on, "ends_on": programme.ends_on}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Every day that is given comes after those before it."""
        cleaned = super().clean() or self.cleaned_data
        given = [(name, day) for name in ORDER if (day := cleaned.get(name))]
        for (earlier, before), (name, day) in itertools.pairwise(given):
            if day < before:
                label = self.fields[earlier].label.lower()
                self.add_error(name, f"{day:%-d %B %Y} is before “{label}”, {before:%-d %B %Y}.")
        return cleaned


class LineForm(ModelForm):
    """A line of the budget."""

    class Meta:
        model = BudgetLine
        fields = ["what", "planned", "spent"]


class ApprovalForm(Form):
    """When it was approved, and what the people who approved it want remembered."""

    approved_on = forms.DateField(label="Approved on", help_text="The day of the meeting, if it was decided in one.")
    note = forms.CharField(
        label="Note",
        required=False,
        help_text="Conditions, wishes, the minute's number. The co-ordinator reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approved_on"].initial = timezone.localdate()

    def clean_approved_on(self) -> Any:
        return not_ahead(self.cleaned_data["approved_on"])


class ReviewForm(Form):
    """That a policy was looked at again, and which version came out of it."""

    reviewed_on = forms.DateField(label="Reviewed on")
    version = forms.CharField(
        label="Version",
        required=False,
        max_length=40,
        help_text="As it stands now. If everybody is asked to read it, a new version is sent round in one letter.",
    )

    def __init__(self, *args: Any, policy: WrittenPolicy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewed_on"].initial = timezone.localdate()
        self.fields["version"].initial = policy.version

    def clean_reviewed_on(self) -> Any:
        return not_ahead(self.cleaned_data["reviewed_on"])


class PolicyForm(ModelForm):
    """A policy in the register."""

    class Meta:
        model = WrittenPolicy
        fields = ["name", "owner", "place", "version", "reviewed_on", "every_months", "is_for_all"]
        help_texts = {
            "is_for_all": "Each new version is sent round in one letter, and they say once that they have read it. You see who has.",
            "owner": "A person or an office: whoever changes it when it needs changing.",
            "place": "An address on the web, or the name of a folder. The register does not keep the policy itself.",
        }

    def clean_reviewed_on(self) -> Any:
        return not_ahead(self.cleaned_data["reviewed_on"])


class ReadForm(Form):
    """That somebody has read a policy as this version has it."""

    version = forms.CharField(required=False, max_length=40)


def not_ahead(day: Any) -> Any:
    if day > timezone.localdate():
        raise forms.ValidationError(f"{day:%-d %B %Y} has not come yet.")
    return day
