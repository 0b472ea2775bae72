"""Forms for resting and for ending."""

from typing import Any

from django import forms as fields

from mentoring.forms import Form

from .endings import Parting
from .forms import day, tiles
from .models import EndingReason, Wish


class RestForm(Form):
    """A rest, and the day on which they would like to be asked whether they go on."""

    until = day("Until when?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "until"
        ].help_text = "On that day everybody in it is asked, kindly, whether they would like to go on. The day is said in the letter."


NOW, AFTER_A_MEETING = "now", "after"


class EndForm(Form):
    """As much or as little as somebody wants to say at the end (X5)."""

    how = fields.ChoiceField(
        label="How would you like to end it?",
        choices=[
            (AFTER_A_MEETING, "Meet once more to say goodbye. It closes by itself after 14 days at the latest"),
            (NOW, "End it today"),
        ],
        initial=AFTER_A_MEETING,
        widget=fields.RadioSelect,
    )
    message = fields.CharField(
        label="A word of your own",
        required=False,
        max_length=1000,
        widget=fields.Textarea(attrs={"rows": 3}),
        help_text="It is added to the letter below.",
    )
    reason = fields.ChoiceField(
        label="Is there a reason you want to give?",
        choices=EndingReason.choices,
        required=False,
        widget=fields.RadioSelect,
    )
    note = fields.CharField(label="Anything that would help", required=False, max_length=2000, widget=fields.Textarea)
    wish = tiles("Would you like a new match?", Wish.choices, required=False)
    next_steps = fields.CharField(
        label="Your own next steps",
        required=False,
        max_length=2000,
        widget=fields.Textarea(attrs={"rows": 3}),
        help_text="They are sent to you by e-mail, so that you have them afterwards.",
    )
    on_their_own = fields.BooleanField(label="We go on meeting by ourselves, outside the programme", required=False)
    mark_optional = ("message", "note", "wish", "next_steps")

    def __init__(self, *args: Any, is_partner: bool, is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only = "Your co-ordinator reads this. Your partner never does."
        for name in ("reason", "note", "wish"):
            self.fields[name].readers = only if is_partner else "Those who run the programme read this."
        self.fields["message"].readers = "Your partner and your co-ordinator read this."
        self.fields["next_steps"].readers = "Only you read this."
        for name in ("how", "message", "wish", "next_steps", "on_their_own"):
            if not is_partner or (is_asked and name == "how"):
                del self.fields[name]

    @property
    def is_for_today(self) -> bool:
        return self.cleaned_data.get("how", NOW) == NOW

    @property
    def said(self) -> Parting:
        return Parting(**{name: value for name, value in self.cleaned_data.items() if name != "how"})


class WishForm(Form):
    """What somebody would like after a partnership has ended."""

    wish = tiles("Would you like a new match?", Wish.choices)
