"""Forms for making a programme and changing how it runs."""

from typing import Any

from django import forms
from django.utils.text import slugify

from mentoring.accounts.models import Person, normalise_email
from mentoring.forms import ModelForm
from mentoring.organisations.models import Membership

from .blueprints import blueprint_names, load_blueprint
from .models import LONGEST_USUAL, MOST_TOGETHER, WITH_SIZES, Model, Programme

SIZES_ARE = {
    Model.GROUP: "Mentees with one mentor. Left empty, 1 to 4.",
    Model.CIRCLE: "Members of a circle, without the facilitator. Left empty, 3 to 8.",
    Model.TEAM: "Mentors of one team. Left empty, 1 or 2.",
}


class RhythmForm(ModelForm):
    """What every form about a programme's dates and rhythm has."""

    cadence_weeks = forms.IntegerField(
        label="Weeks between meetings",
        min_value=1,
        max_value=52,
        initial=4,
        help_text="How often partners meet when they agree nothing else.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", f"{ends_on:%-d %B %Y} is not after the start, {starts_on:%-d %B %Y}.")
        return cleaned


class CreationForm(RhythmForm):
    """Everything that is needed to make a programme; the rest comes from what it is made from."""

    made_from = forms.ChoiceField(label="What should it start from?", widget=forms.RadioSelect)
    coordinator = forms.EmailField(
        label="E-mail address of the first co-ordinator",
        required=False,
        help_text="Somebody who already belongs to your organisation; it may be you. "
        "Leave it empty to name or invite somebody later.",
    )

    class Meta:
        model = Programme
        fields = ["name", "slug", "summary", "starts_on", "ends_on", "cadence_weeks"]
        labels = {"name": "Name of the programme"}
        help_texts = {
            "name": "With the year, if you run it every year: Health Futures 2027.",
            "slug": "The last part of its web address. Leave it empty and we make one from the name.",
            "summary": "People read this when they apply.",
            "ends_on": "A programme has a fixed end. You can change it later.",
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    field_order = ["made_from", "name", "slug", "summary", "starts_on", "ends_on", "cadence_weeks", "coordinator"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.earlier = {f"programme:{programme.pk}": programme for programme in earlier_programmes()}
        self.fields["made_from"].choices = [*ready_made_choices(), *earlier_choices(self.earlier)]
        self.fields["made_from"].initial = self.fields["made_from"].choices[0][0]

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:60] or "programme"

    def clean_coordinator(self) -> Person | None:
        email = self.cleaned_data["coordinator"]
        if not email:
            return None
        membership = Membership.objects.filter(person__email=normalise_email(email), ended_at=None).first()
        if membership is None:
            raise forms.ValidationError(
                f"Nobody in your organisation has the address {email}. "
                "Check it, or leave it empty and invite them later."
            )
        return membership.person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, _, name = cleaned.pop("made_from", "").partition(":")
        if kind == "programme":
            cleaned["previous"] = self.earlier[f"{kind}:{name}"]
            cleaned["blueprint"] = cleaned["previous"].blueprint
        elif kind == "blueprint":
            cleaned["blueprint"] = load_blueprint(name)
        return cleaned


def ready_made_choices() -> list[tuple[str, str]]:
    about = {name: load_blueprint(name)["blueprint"] for name in blueprint_names()}
    return [(f"blueprint:{name}", f"{words['title']}. {words['summary']}") for name, words in about.items()]


def earlier_programmes() -> list[Programme]:
    """The organisation's programmes that began from a blueprint, newest first."""
    return list(Programme.objects.exclude(blueprint={}).order_by("-starts_on")[:10])


def earlier_choices(earlier: dict[str, Programme]) -> list[tuple[str, str]]:
    return [(key, f"{programme.name}, with its objectives and budget lines") for key, programme in earlier.items()]


class SettingsForm(RhythmForm):
    """How a programme runs."""

    grace_days = forms.IntegerField(
        label="Days of grace",
        min_value=0,
        max_value=90,
        help_text="How late a meeting may be before the partnership is shown to you as silent.",
    )

    class Meta:
        model = Programme
        fields = [
            "name", "summary", "starts_on", "ends_on", "cadence_weeks", "grace_days", "contact_by", "sends_drafts",
            "is_pilot", "model", "group_least", "group_most", "meeting_least", "meeting_most", "call_most",
        ]  # fmt: skip
        labels = {
            "name": "Name of the programme",
            "sends_drafts": "Messages wait until a co-ordinator has read them",
            "is_pilot": "This is a pilot",
            "model": "Model of mentoring",
            "group_least": "Fewest together",
            "group_most": "Most together",
            "meeting_least": "Minutes of a usual meeting, at least",
            "meeting_most": "Minutes of a usual meeting, at most",
            "call_most": "Minutes of a usual telephone call, at most",
        }
        help_texts = {
            "contact_by": "Reminders go to this person first.",
            "meeting_least": "Who plans one of another length is asked why, and may do it all the same. Left empty, 60; in a circle, 120.",
            "meeting_most": "Left empty, 120; in a circle, 180.",
            "call_most": "Left empty, 90.",
            "model": "Who comes together. It can be changed until the first partnership begins.",
            "summary": "People read this when they apply.",
            "sends_drafts": "Otherwise they go out by themselves.",
            "is_pilot": "Small at first, to learn from before you grow. It is said on the plan.",
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["model"].required = False
        if self.instance.partnerships.exists():
            del self.fields["model"]
        for name in ("group_least", "group_most"):
            if self.instance.model in WITH_SIZES:
                self.fields[name].help_text = SIZES_ARE[self.instance.model]
            else:
                del self.fields[name]

    def clean_model(self) -> str:
        return self.cleaned_data["model"] or self.instance.model

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        least, most = cleaned.get("group_least"), cleaned.get("group_most")
        for name, given in (("group_least", least), ("group_most", most)):
            if given is not None and not 1 <= given <= MOST_TOGETHER:
                self.add_error(name, f"From 1 to {MOST_TOGETHER}, please.")
        if least and most and most < least:
            self.add_error("group_most", f"This is less than the fewest, which is {least}.")
        self._clean_lengths(cleaned)
        return cleaned

    def _clean_lengths(self, cleaned: dict[str, Any]) -> None:
        for name in ("meeting_least", "meeting_most", "call_most"):
            if (given := cleaned.get(name)) is not None and not 1 <= given <= LONGEST_USUAL:
                self.add_error(name, f"From 1 to {LONGEST_USUAL} minutes, please.")
        least, most = cleaned.get("meeting_least"), cleaned.get("meeting_most")
        if least and most and most < least:
            self.add_error("meeting_most", f"This is less than the least, which is {least}.")
