"""Forms of planned meetings."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms as fields
from django.utils import timezone
from django.utils.formats import date_format

from mentoring.accounts.clocks import zone
from mentoring.accounts.models import Person
from mentoring.forms import Form
from programmes.models import Partnership

from ..circles.queries import Proposed, topics_of
from ..circles.sizes import is_larger, takes_turns
from ..forms import LENGTHS, OTHER, day, tiles
from ..models import LONGEST_MEETING, Medium, PlannedMeeting, SessionKind, Topic
from .actions import Plan
from .lengths import usual_length
from .moments import NoSuchHour, moment_of


class PlanForm(Form):
    """When, how, where and what about (G2, G5, G6). An unusual length asks why, once, and takes no answer for one."""

    on = day("Which day?")
    at = fields.TimeField(label="At what time?", widget=fields.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    medium = tiles("How?", Medium.choices)
    length = tiles("How long?", list(LENGTHS.items()))
    minutes = fields.IntegerField(
        label="How many minutes?", required=False, widget=fields.NumberInput(attrs={"inputmode": "numeric", "min": 1})
    )
    why = fields.CharField(label="Is there a reason for that length?", required=False, max_length=200)
    asked = fields.CharField(required=False, max_length=40, widget=fields.HiddenInput)
    place = fields.CharField(
        label="Where?",
        required=False,
        max_length=200,
        help_text="A room or a link. Choose somewhere neutral where nobody overhears you; at work, a room with a door.",
    )
    agenda = fields.CharField(
        label="What you want to talk about", required=False, widget=fields.Textarea(attrs={"rows": 5})
    )
    mark_optional = ("why", "place", "agenda", "session", "topic", "speaker", "first_turn")

    def __init__(
        self, *args: Any, partnership: Partnership, person: Person, chosen: Iterable[Topic] = (), **kwargs: Any
    ) -> None:
        self.partnership, self.person, self.chosen = partnership, person, chosen
        super().__init__(*args, **kwargs)
        self._add_session(partnership, person)
        clock = person.time_zone.rpartition("/")[2].replace("_", " ")
        self.fields["at"].help_text = f"By the clock in {clock}. Everybody else reads it by theirs."

    def _add_session(self, partnership: Partnership, person: Person) -> None:
        """What more than two plan besides: the kind of session, its topic and speaker; and turns, where they are taken."""
        here = {str(one.person_id): one.person for one in partnership.present_members()}
        if is_larger(partnership.model):
            self.topics = {str(one.topic.pk): one for one in topics_of(partnership, person)}
            self.topics |= {str(topic.pk): Proposed(topic, 0, False) for topic in self.chosen}
            names = [
                (key, f"{one.topic.kept.words.get('what', '')[:80]} ({one.wishes})") for key, one in self.topics.items()
            ]
            self.fields["session"] = fields.ChoiceField(
                label="What kind of session?", choices=SessionKind.choices, required=False
            )
            self.fields["topic"] = fields.ChoiceField(
                label="Which topic?", choices=[("", "None yet"), *names], required=False
            )
            self.fields["speaker"] = fields.CharField(label="Who speaks?", required=False, max_length=200)
        if takes_turns(partnership.model):
            self.people = here
            turns = [("", "Nobody in particular"), *((key, str(one)) for key, one in here.items())]
            self.fields["first_turn"] = fields.ChoiceField(
                label="Whose questions come first?", choices=turns, required=False
            )

    @property
    def sessions(self) -> list[Any]:
        return [self[name] for name in ("session", "topic", "speaker", "first_turn") if name in self.fields]

    def tell_readers(self, both: str) -> None:
        """Say under every box who reads it."""
        self.fields["place"].readers = both
        self.fields["agenda"].readers = both
        self.fields["why"].readers = both

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_length(cleaned)
        if cleaned.get("on") and cleaned.get("at"):
            self._clean_moment(cleaned)
        if not self.errors:
            self._ask_about_length(cleaned)
        return cleaned

    def _clean_length(self, cleaned: dict[str, Any]) -> None:
        length = cleaned.get("length")
        if length and length != OTHER:
            cleaned["minutes"] = int(length)
        elif length == OTHER and "minutes" not in self.errors:
            minutes = cleaned.get("minutes")
            if minutes is None:
                self.add_error("minutes", "Give the number of minutes, or choose one of the lengths.")
            elif not 1 <= minutes <= LONGEST_MEETING:
                self.add_error(
                    "minutes", f"{minutes} minutes cannot be right. Give a number from 1 to {LONGEST_MEETING}."
                )

    def _clean_moment(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["starts_at"] = moment_of(cleaned["on"], cleaned["at"], self.person.time_zone)
        except NoSuchHour:
            said = f"{cleaned['at']:%H:%M} on {date_format(cleaned['on'], 'j F Y')}"
            self.add_error("at", f"There is no {said}: the clocks go forward then. Give a time an hour later.")

    def _ask_about_length(self, cleaned: dict[str, Any]) -> None:
        """Once for one length: whoever sends it again, with a reason or without, has answered."""
        usual = usual_length(cleaned["medium"], self.partnership)
        length = f"{cleaned['medium']} {cleaned['minutes']}"
        if usual.has(cleaned["minutes"]) or cleaned["why"] or cleaned["asked"] == length:
            return
        sent: Any = self.data
        self.data = sent.dict() | {"asked": length}
        self.add_error(
            "why", f"Usually it is {usual.words}. Say why if you like, then send it again; that is all we ask."
        )

    @property
    def asks_why(self) -> bool:
        return bool(self["why"].errors or self["why"].value())

    @property
    def plan(self) -> Plan:
        given = self.cleaned_data
        said = {name: given[name] for name in ("starts_at", "minutes", "medium", "place", "why")}
        if "session" in given:
            chosen = self.topics.get(given["topic"])
            said |= {"session": given["session"], "speaker": given["speaker"], "topic": chosen and chosen.topic}
        if "first_turn" in given:
            said["first_turn"] = self.people.get(given["first_turn"])
        return Plan(**said)


class CancelForm(Form):
    """Why, for the partner's eyes, if somebody wants to say (K10, G7)."""

    REASONS = [
        ("", "I would rather not say"),
        ("Something has come up.", "Something has come up"),
        ("I am not well.", "I am not well"),
        ("I have not done yet what I said I would, and need more time.", "I need more time to prepare"),
    ]
    reason = fields.ChoiceField(
        label="Is there a reason you want to give?", choices=REASONS, required=False, widget=fields.RadioSelect
    )
    words = fields.CharField(
        label="A line to go with it",
        required=False,
        max_length=500,
        widget=fields.Textarea(attrs={"rows": 3}),
    )
    mark_optional = ("words",)

    def tell_readers(self, both: str) -> None:
        self.fields["reason"].readers = self.fields["words"].readers = both

    @property
    def said(self) -> str:
        return " ".join(part for part in (self.cleaned_data["reason"], self.cleaned_data["words"]) if part)


def filled_in(planned: PlannedMeeting, person: Person) -> dict[str, Any]:
    """A planned meeting as its form shows it, by the person's own clock."""
    local = timezone.localtime(planned.starts_at, zone(person.time_zone))
    length = str(planned.minutes) if str(planned.minutes) in LENGTHS else OTHER
    return {
        "on": local.date(),
        "at": local.time(),
        "medium": planned.medium,
        "length": length,
        "minutes": planned.minutes if length == OTHER else None,
        "place": planned.place,
        "agenda": planned.kept.words.get("agenda", ""),
        "why": planned.kept.words.get("why", ""),
        "speaker": planned.kept.words.get("speaker", ""),
        "session": planned.session,
        "first_turn": str(planned.first_turn_id or ""),
        "topic": str(next((topic.pk for topic in planned.topics.all()), "")),
    }


def proposed(day_meant: datetime.date | None, medium: str, length: str, agenda: list[str]) -> dict[str, Any]:
    """A new plan before anybody has written in it: the day they named, the way they met last, what was left open."""
    return {"on": day_meant, "medium": medium, "length": length, "agenda": "\n".join(agenda)}
