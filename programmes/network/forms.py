"""What people fill in to meet others."""

from django import forms

from mentoring.forms import Form, ModelForm

from .models import LONGEST, Gathering


class GatheringForm(ModelForm):
    """What, when and where."""

    starts_at = forms.DateTimeField(
        label="Date and time",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Give a day and a time, for example 2027-01-11 13:30."},
    )

    class Meta:
        model = Gathering
        fields = ["title", "starts_at", "place", "words"]
        labels = {"title": "What is it called?"}


class EntryForm(Form):
    """A line about oneself."""

    line = forms.CharField(label="A line about you", required=False, max_length=200)


class PostForm(Form):
    """Something for the board."""

    words = forms.CharField(label="Write to the others", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
