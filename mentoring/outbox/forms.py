"""Changing a message before it goes."""

from django import forms

from mentoring.forms import Form


class DraftForm(Form):
    subject = forms.CharField(max_length=200)
    body = forms.CharField(
        label="Message",
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=(
            "Leave an empty line between paragraphs. A line such as [Open your agreement](button 1) is a button, "
            "whose address is its reader’s alone; one of yours would be [Read our leaflet](https://…)."
        ),
    )
