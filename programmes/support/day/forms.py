"""What a co-ordinator fills in on her day."""

from django import forms
from django.utils import timezone

from mentoring.forms import Form

from ..models import LONGEST_STINT, NoteKind


class NoteForm(Form):
    """A dated note."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=NoteKind.choices,
        initial=NoteKind.CALL,
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    noted_on = forms.DateField(label="On which day?", initial=timezone.localdate)
    words = forms.CharField(label="What was it about?", max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
    for_evaluation = forms.BooleanField(
        label="Of use for the evaluation", required=False, help_text="The report can quote it without names."
    )


class EstimateForm(Form):
    """Minutes, as the person remembers them."""

    minutes = forms.IntegerField(label="Minutes, as you remember them", min_value=1, max_value=LONGEST_STINT)
