"""Forms of the development plan."""

from typing import Any

from django import forms as fields

from mentoring.accounts.models import Person
from mentoring.forms import Form
from mentoring.wording import listed
from programmes.models import ParticipantRole, Partnership

from ..forms import tiles
from ..models import NeedState, Readers
from ..plans.capabilities import Capability
from ..plans.forms import PRIORITIES, AimForm, ReviewForm, text
from .asked import HIGHEST, LOWEST, WAYS, Question
from .queries import Development


def reader_choices(partnership: Partnership, person: Person) -> list[tuple[str, str]]:
    """Who may read a plan, by name: its owner; whoever mentors them; everybody, where that is somebody else too."""
    others = partnership.present_members()
    others = [member for member in others if member.person_id != person.pk]
    mentors = [member.person.first_name for member in others if member.role != ParticipantRole.MENTEE]
    choices: list[tuple[str, str]] = [(Readers.ME, "Only me")]
    if mentors:
        choices.append((Readers.MENTORS, f"Me and {listed(mentors)}"))
    if len(others) > len(mentors):
        choices.append((Readers.ALL, f"Me and {listed([member.person.first_name for member in others])}"))
    return choices


class StandingForm(Form):
    """Where somebody stands: the programme's questions, its capabilities from 0 to 10, and who reads the plan (A5, R2)."""

    readers = tiles("Who reads your development plan?", [])
    mark_optional = ()

    def __init__(
        self,
        *args: Any,
        questions: list[Question],
        capabilities: list[Capability],
        choices: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        self.questions, self.capabilities = questions, capabilities
        super().__init__(*args, **kwargs)
        self.fields["readers"].choices = choices
        self.fields["readers"].help_text = "You can change this. Whoever reads it reads what you wrote before, too."

    def add_fields(self) -> None:
        for question in self.questions:
            self.fields[question.field] = text(question.label, 3, help_text=question.hint)
            self.fields[question.field].readers = "Only those whom you chose above read this."
        for one in self.capabilities:
            self.fields[one.now_field] = mark(f"{one.label}, now")
            self.fields[one.wanted_field] = mark(f"{one.label}, wanted")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for one in self.capabilities:
            given = [cleaned.get(name) is not None for name in (one.now_field, one.wanted_field)]
            if any(given) and not all(given) and not {one.now_field, one.wanted_field} & set(self.errors):
                missing = one.wanted_field if given[0] else one.now_field
                self.add_error(missing, f"{self.fields[missing].label}: give both numbers, or neither.")
        return cleaned

    @property
    def asked(self) -> list[Any]:
        return [self[question.field] for question in self.questions]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, Any, Any]]]]:
        """Capabilities by their group, each with the boxes of its two numbers."""
        found: dict[str, list[tuple[str, Any, Any]]] = {}
        for one in self.capabilities:
            found.setdefault(one.group, []).append((one.label, self[one.now_field], self[one.wanted_field]))
        return list(found.items())

    @property
    def words(self) -> dict[str, Any]:
        answers = {one.key: self.cleaned_data[one.field] for one in self.questions}
        scale = {
            one.key: [self.cleaned_data[one.now_field], self.cleaned_data[one.wanted_field]]
            for one in self.capabilities
            if self.cleaned_data[one.now_field] is not None
        }
        return {"answers": {key: words for key, words in answers.items() if words}, "scale": scale}


def mark(label: str) -> fields.IntegerField:
    """A number from 0 to 10, small enough to stand in a row of them."""
    return fields.IntegerField(
        label=label,
        required=False,
        min_value=LOWEST,
        max_value=HIGHEST,
        widget=fields.NumberInput(attrs={"inputmode": "numeric", "aria-label": label}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"{label}: give a whole number from {LOWEST} to {HIGHEST}."
        ),
    )


def said_in(
    development: Development | None, questions: list[Question], capabilities: list[Capability]
) -> dict[str, Any]:
    """What was said last, as the form shows it."""
    if development is None:
        return {"readers": Readers.ME}
    words = development.standings[0].words if development.standings else {}
    answers, scale = words.get("answers", {}), words.get("scale", {})
    found = {question.field: answers.get(question.key, "") for question in questions}
    for one in capabilities:
        found[one.now_field], found[one.wanted_field] = scale.get(one.key, (None, None))
    return {**found, "readers": development.plan.readers}


class NeedForm(AimForm):
    """Something to learn, with how it is met: the rest is there for those who want it (A5)."""

    need = fields.CharField(
        label="What do you need to learn, or to become able to do?",
        max_length=300,
        help_text="One thing. Something else is a need of its own.",
    )
    why = text("What shows that you need it?", help_text="What you noticed, were told, or will be asked to do.")
    ways = fields.MultipleChoiceField(
        label="How will you learn it?",
        choices=list(WAYS.items()),
        required=False,
        widget=fields.CheckboxSelectMultiple,
    )
    support = text("What and who do you need for it?", help_text="Time, a course, a book, somebody’s word.")
    success = fields.CharField(
        label="How will you see that it is met?", required=False, max_length=500, help_text="Something you can show."
    )
    priority = tiles("How urgent is it beside the others?", PRIORITIES, required=False)
    mark_optional = ()

    FIRST = ("need", "ways", "success", "due_on", "review_on")
    MORE = ("why", "support", "priority", "capabilities")


class NeedReviewForm(ReviewForm):
    """What moved, and whether the need is met."""

    state = tiles("How does it stand?", NeedState.choices)
