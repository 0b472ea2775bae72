"""Forms for resting, for ending and for leaving."""

import dataclasses
from collections.abc import Collection
from typing import Any

from django import forms as fields

from mentoring.forms import Form
from mentoring.wording import listed

from ..forms import day, tiles
from ..models import EndingReason, Wish
from .actions import Parting


class RestForm(Form):
    """A rest, and the day on which they would like to be asked whether they go on."""

    until = day("Until when?", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "until"
        ].help_text = "On that day everybody in it is asked, kindly, whether they would like to go on. The day is said in the letter."


NOW, AFTER_A_MEETING = "now", "after"
SEVERAL = [choice for choice in Wish.choices if choice[0] != Wish.AGAIN]  # "the same partner" is one person


class PartingForm(Form):
    """As much or as little as somebody wants to say when they go (X5). `of_two`: there is one partner, not several."""

    message = fields.CharField(
        label="A word of your own",
        required=False,
        max_length=1000,
        widget=fields.Textarea(attrs={"rows": 3}),
        help_text="It is added to the letter below.",
    )
    wish = tiles("Would you like a new match?", Wish.choices, required=False)
    reason = fields.ChoiceField(
        label="Is there a reason you want to give?",
        choices=EndingReason.choices,
        required=False,
        widget=fields.RadioSelect,
    )
    note = fields.CharField(label="Anything that would help", required=False, max_length=2000, widget=fields.Textarea)
    next_steps = fields.CharField(
        label="Your own next steps",
        required=False,
        max_length=2000,
        widget=fields.Textarea(attrs={"rows": 3}),
        help_text="They are sent to you by e-mail, so that you have them afterwards.",
    )
    mark_optional: Collection[str] = ("message", "note", "wish", "next_steps")

    def __init__(self, *args: Any, of_two: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner = "Your partner" if of_two else "The others"
        for name in ("reason", "note", "wish"):
            self.fields[name].readers = f"Your co-ordinator reads this. {partner} never {'does' if of_two else 'do'}."
        self.fields["message"].readers = f"{partner} and your co-ordinator read this."
        self.fields["next_steps"].readers = "Only you read this."
        if not of_two:
            self.fields["wish"].choices = SEVERAL

    @property
    def reasons_are_wanted(self) -> bool:
        """Whether the folded part holds a mistake, so that it is shown open."""
        return bool({"reason", "note", "next_steps"} & set(self.errors))

    @property
    def said(self) -> Parting:
        return Parting(
            **{
                field.name: self.cleaned_data[field.name]
                for field in dataclasses.fields(Parting)
                if field.name in self.cleaned_data
            }
        )


class EndForm(PartingForm):
    """Ending for everybody: today, or after a last meeting. Whoever runs the programme only gives a reason."""

    how = fields.ChoiceField(
        label="How would you like to end it?",
        choices=[
            (AFTER_A_MEETING, "Meet once more to say goodbye. It closes by itself after 14 days at the latest"),
            (NOW, "End it today"),
        ],
        initial=AFTER_A_MEETING,
        widget=fields.RadioSelect,
    )
    on_their_own = fields.BooleanField(label="We go on meeting by ourselves, outside the programme", required=False)
    field_order = ("how",)

    def __init__(self, *args: Any, is_partner: bool, is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_partner:
            for name in ("reason", "note"):
                self.fields[name].readers = "Those who run the programme read this."
        for name in ("how", "message", "wish", "next_steps", "on_their_own"):
            if not is_partner or (is_asked and name == "how"):
                del self.fields[name]

    @property
    def is_for_today(self) -> bool:
        return self.cleaned_data.get("how", NOW) == NOW


class LeaveForm(PartingForm):
    """Leaving several who go on. Who joined later and reads nothing earlier yet can be let to, now or never."""

    shares = fields.BooleanField(required=False)

    def __init__(self, *args: Any, newcomers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, of_two=False, **kwargs)
        if newcomers:
            self.fields["shares"].label = f"{listed(newcomers)} may read what was kept while I was there"
            self.fields[
                "shares"
            ].help_text = "Nobody can ask you afterwards. It opens once the others who were there say so too."
        else:
            del self.fields["shares"]


class WishForm(Form):
    """What somebody would like after a partnership has ended."""

    wish = tiles("Would you like a new match?", Wish.choices)

    def __init__(self, *args: Any, of_two: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_two:
            self.fields["wish"].choices = SEVERAL
