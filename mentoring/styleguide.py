"""What the style guide shows: forms and rows of a programme that does not exist."""

import datetime
from typing import Any

from django import forms as fields
from django.core.paginator import Paginator

from .forms import Form

STEPS = [
    (1, "Say what the programme is for", "3 objectives, each with a target", "Completed", "plain", True),
    (2, "Plan it", "9 months, 12 days of your time, steering group named", "Completed", "plain", True),
    (3, "Recruit mentees, then mentors", "61 applied, 3 applications for you to read", "In progress", "info", True),
    (4, "Select and match", "26 pairs proposed, 2 mentees without a match", "Review matches", "info", True),
    (5, "Train, induct and launch", "24 of 27 mentors have done their training", "In progress", "info", True),
    (6, "Meet and support", "Starts when you confirm matches", "Cannot start yet", "plain", False),
    (7, "Evaluate", "Baseline survey sent, end survey opens 14 July 2027", "There is a problem", "risk", True),
]


class MeetingForm(Form):
    """The meeting log: four taps and one line."""

    when = fields.ChoiceField(
        label="When did you meet?",
        choices=[("today", "Today"), ("yesterday", "Yesterday"), ("other", "Another day")],
        widget=fields.RadioSelect(attrs={"class": "tiles"}),
        initial="today",
    )
    length = fields.ChoiceField(
        label="How long?",
        choices=[("30", "30 min"), ("45", "45 min"), ("60", "1 hour"), ("90", "Longer")],
        widget=fields.RadioSelect(attrs={"class": "tiles"}),
        initial="60",
    )
    next_step = fields.CharField(label="Next step", required=False, widget=fields.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_step"].readers = "Only you and Ravi can read this."


class ApplicationForm(Form):
    """One field of every kind."""

    name = fields.CharField(label="Full name", help_text="As it should stand on your certificate.")
    email = fields.EmailField(label="E-mail address")
    phone = fields.CharField(label="Phone", required=False)
    born_on = fields.DateField(label="First day in your post", widget=fields.DateInput(attrs={"type": "date"}))
    grade = fields.ChoiceField(label="Grade", choices=[("", "Choose one"), ("6", "Grade 6"), ("7", "Grade 7")])
    way = fields.ChoiceField(
        label="How would you like to meet?",
        help_text="You can change this with your mentor.",
        choices=[("video", "By video"), ("room", "In person"), ("either", "I do not mind")],
        widget=fields.RadioSelect,
    )
    topics = fields.MultipleChoiceField(
        label="What would you like to talk about?",
        choices=[
            ("Work", [("career", "Where my career goes"), ("skills", "A skill")]),
            ("Life", [("balance", "Hours and rest")]),
        ],
        widget=fields.CheckboxSelectMultiple,
    )
    hopes = fields.CharField(label="What would make this worth your time?", widget=fields.Textarea(attrs={"rows": 4}))
    cv = fields.FileField(label="Curriculum vitae", required=False, help_text="PDF or Word, up to 12 MB.")
    news = fields.BooleanField(label="Write to me about the next intake", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hopes"].readers = "Priya and, once you are matched, your mentor read this."


def step(number: int, label: str, hint: str, word: str, kind: str, open: bool) -> dict[str, Any]:
    """One row of the task list."""
    url = "#seven-steps" if open else ""
    return {"number": number, "label": label, "hint": hint, "word": word, "kind": kind, "url": url, "now": number == 4}


def context() -> dict[str, Any]:
    """Everything the style guide's template names."""
    return {
        "meeting_form": MeetingForm(),
        "tiles_form": MeetingForm(auto_id="tiles_%s", prefix="tiles"),
        "unanswered": ApplicationForm(
            {"name": "Sŵn Williams", "email": "swn at example", "way": "pigeon", "hopes": ""}, auto_id="wrong_%s"
        ),
        "steps": [step(*facts) for facts in STEPS],
        "needs": [
            {"sentence": "3 applications to read", "url": "#needs", "hint": "Oldest: 6 days"},
            {"sentence": "2 references not received", "url": "#needs", "hint": "Reminder sent 18 November"},
            {"sentence": "14 e-mails ready to send", "url": "#needs", "hint": "Check them before they go"},
        ],
        "chips": [
            {"label": "Need you", "count": 7, "url": "#tables", "current": True},
            {"label": "Silent", "count": 4, "url": "#tables", "current": False},
            {"label": "Ending soon", "count": 6, "url": "#tables", "current": False},
            {"label": "On track", "count": 23, "url": "#tables", "current": False},
        ],
        "events": [
            {
                "sentence": "Ravi Shah signed the agreement",
                "at": datetime.datetime(2026, 11, 20, 9, 12, tzinfo=datetime.UTC),
                "who": "",
            },
            {"sentence": "22 mentees imported", "at": datetime.date(2026, 11, 18), "who": "Priya Nair"},
        ],
        "page": Paginator(range(212), 20).page(3),
        "form_pages": ["About you", "Your goals", "When you can meet", "Check your answers"],
    }
