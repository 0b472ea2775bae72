"""Forms of the action plan."""

from typing import Any

from django import forms as fields

from mentoring.forms import Form

from ..forms import day, tiles
from ..models import GoalState
from .capabilities import Choices
from .change import HOLDING_BACK, POSTURES
from .paths import Step
from .queries import Story
from .stories import Plan, Review


def text(label: str, rows: int = 2, **options: Any) -> fields.CharField:
    return fields.CharField(label=label, required=False, widget=fields.Textarea(attrs={"rows": rows}), **options)


HORIZONS = [("short", "Soon"), ("medium", "This year"), ("long", "In the long run")]
DATES = ("due_on", "review_on")
PRIORITIES = [("1", "First"), ("2", "Second"), ("3", "Third")]


class AimForm(Form):
    """A goal, or something to learn: its days, what it strengthens, and the rest for those who want it.

    A form that derives from it says what it asks first, and what under "Add more"; `on_dates` adds to who reads the days.
    """

    due_on = day("By when?", required=False)
    review_on = day("When will you look at it again?", required=False)
    capabilities = fields.MultipleChoiceField(
        label="What it strengthens", required=False, widget=fields.CheckboxSelectMultiple
    )
    seen = fields.CharField(required=False, widget=fields.HiddenInput, max_length=10)

    FIRST: tuple[str, ...] = ()
    MORE: tuple[str, ...] = ()
    on_dates = ""

    def __init__(self, *args: Any, capabilities: Choices, readers: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*self.FIRST, *self.MORE])
        self.fields["capabilities"].choices = capabilities
        if not capabilities:
            del self.fields["capabilities"]
        for name, field in self.fields.items():
            field.readers = f"{readers[:-1]}{self.on_dates}." if name in DATES else readers

    @property
    def first(self) -> list[Any]:
        return [self[name] for name in self.FIRST]

    @property
    def more(self) -> list[Any]:
        return [self[name] for name in self.MORE if name in self.fields]

    @property
    def more_is_wanted(self) -> bool:
        return any(field.errors or field.value() for field in self.more)

    @property
    def plan(self) -> Plan:
        given = {name: self.cleaned_data.get(name) for name in (*self.FIRST, *self.MORE) if name not in DATES}
        words = {name: words for name, words in given.items() if words}
        return Plan(words, self.cleaned_data["due_on"], self.cleaned_data["review_on"])


class PlanForm(AimForm):
    """A goal with its plan: what, by when, how anybody would know (A1, A2)."""

    goal = fields.CharField(label="What do you want to reach?", max_length=300)
    measure = fields.CharField(
        label="How will you know that you are there?",
        required=False,
        max_length=500,
        help_text="Something you could count, see or show.",
    )
    steps = text("The steps, in order", 4)
    horizon = tiles("How far off is it?", HORIZONS, required=False)
    priority = tiles("How urgent is it beside your other goals?", PRIORITIES, required=False)
    now = text("Where you are now")
    learn = text("What you need to learn")
    milestones = text("Milestones on the way, with their dates", 3)
    success = text("What success looks like", 2)
    people = text("Who and what can help")
    if_not = text("What you will do if it does not work")
    posture = tiles("If it means a change: how do you stand towards it?", list(POSTURES.items()), required=False)
    holding_back = fields.MultipleChoiceField(
        label="What makes it hard?",
        choices=list(HOLDING_BACK.items()),
        required=False,
        widget=fields.CheckboxSelectMultiple,
        help_text="Saying it is often the first step past it. Talk about one of them when you meet.",
    )
    comments = text("Anything else")
    mark_optional = ("measure", "due_on", "steps", "review_on")

    FIRST = ("goal", "measure", "due_on", "steps", "review_on")
    MORE = ("horizon", "priority", "now", "learn", "milestones", "success", "people", "if_not", "posture",
            "holding_back", "capabilities", "comments")  # fmt: skip
    on_dates = "; your co-ordinator sees the date"


class ReviewForm(Form):
    """What moved since last time, and how it shows (A1, G8)."""

    progress = text("What has moved since you last looked?", 3)
    evidence = text("How does it show?", 2, help_text="Something you did, made, heard or can show.")
    state = tiles("How does the goal stand?", GoalState.choices)
    review_on = day("When will you look at it again?", required=False)
    mark_optional = ("progress", "evidence", "review_on")

    def __init__(self, *args: Any, readers: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["progress"].readers = self.fields["evidence"].readers = readers

    @property
    def review(self) -> Review:
        words = {name: self.cleaned_data[name] for name in ("progress", "evidence") if self.cleaned_data[name]}
        return Review(words, self.cleaned_data["state"], self.cleaned_data["review_on"])


class StepForm(Form):
    """One question of a path. What was answered before travels along in hidden fields; nothing is kept until the end."""

    step = fields.CharField(max_length=20, widget=fields.HiddenInput)
    mark_optional = ()

    def __init__(self, *args: Any, step: Step, earlier: dict[str, str], readers: str, **kwargs: Any) -> None:
        self.asked, self.earlier = step, earlier
        super().__init__(*args, **kwargs)
        self.fields[step.name] = self._answer(step)
        self.fields[step.name].readers = readers

    def _answer(self, step: Step) -> fields.Field:
        if step.scale is None:
            field = text(step.question, 5)
            field.max_length = 5000
            return field
        lowest, highest = step.scale
        return tiles(
            step.question,
            [(str(number), str(number)) for number in range(lowest, highest + 1)],
            required=False,
            help_text=f"{lowest}: {step.low}. {highest}: {step.high}.",
        )

    @property
    def answers(self) -> dict[str, str]:
        given = self.cleaned_data[self.asked.name]
        kept = {name: words for name, words in self.earlier.items() if name != self.asked.name}
        return kept | ({self.asked.name: given} if given else {})


def written_in(story: Story) -> dict[str, Any]:
    """A goal, or something to learn, as its form shows it."""
    return {**story.plan, "due_on": story.aim.due_on, "review_on": story.aim.review_on, "seen": story.version}
