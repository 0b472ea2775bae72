"""Forms of partnerships of more than two."""

import datetime
from typing import Any

from django import forms as fields
from django.db.models import QuerySet
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.forms import Form
from programmes.models import Member, Participant, Partnership

LONGEST_NAME = 120


class TopicForm(Form):
    """A topic somebody would like a session on."""

    what = fields.CharField(label="What would you like a session on?", max_length=300)
    mark_optional = ()


class AttendanceForm(Form):
    """Who came: members to tick, visitors by name."""

    people = fields.MultipleChoiceField(label="Who came?", required=False, widget=fields.CheckboxSelectMultiple)
    visitors = fields.CharField(
        label="Visitors",
        required=False,
        widget=fields.Textarea(attrs={"rows": 3}),
        help_text="One name a line: people who dropped in, a speaker.",
    )
    mark_optional = ("visitors",)

    def __init__(self, *args: Any, partnership: Partnership, day: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = [member for member in partnership.ordered_members() if could_come(member, day)]
        self.members = {str(member.person_id): member.person for member in members}
        self.fields["people"].choices = [(key, str(person)) for key, person in self.members.items()]

    def clean_visitors(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["visitors"].splitlines() if line.strip()]
        if too_long := next((name for name in names if len(name) > LONGEST_NAME), None):
            raise fields.ValidationError(f"“{too_long[:40]}…” is too long for a name. Put one name on a line.")
        return names

    @property
    def came(self) -> list[Person]:
        return [self.members[key] for key in self.cleaned_data["people"]]


def could_come(member: Member, day: datetime.date) -> bool:
    """Whether somebody was in it on that day: had not left before, and did not join later."""
    has_left = member.left_at is not None and timezone.localdate(member.left_at) < day
    return not has_left and not (member.reads_from and day < timezone.localdate(member.joined_at))


class JoinForm(Form):
    """Who joins: a participant of the programme with a place free."""

    participant = fields.ModelChoiceField(
        label="Who joins?", queryset=Participant.objects.none(), empty_label="Choose somebody"
    )

    def __init__(self, *args: Any, candidates: QuerySet[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = candidates
        self.fields["participant"].label_from_instance = lambda one: f"{one.name}, {one.get_role_display().lower()}"
