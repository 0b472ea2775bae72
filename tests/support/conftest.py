"""Partners with something to say."""

import datetime
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from mentoring.organisations import tenancy
from mentoring.outbox.models import Message
from programmes.blueprints import load_blueprint
from programmes.models import Member, Participant, Partnership, Programme
from programmes.support import actions
from programmes.support.actions import Activity, Words
from programmes.support.models import Meeting, PlannedMeeting
from programmes.support.planning.actions import Plan, plan_meeting
from tests import cast

CANARY = "CANARYWORDS"
LONDON = ZoneInfo("Europe/London")
RECORD = {"topics": f"{CANARY} in topics", "agenda": f"{CANARY} on the agenda"}
REFLECTION = {"reflections": f"{CANARY} in my own head"}


@pytest.fixture
def programme(programme: Programme) -> Programme:
    programme.blueprint = load_blueprint("ukrc")
    programme.save(update_fields=["blueprint"])
    return programme


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()


@pytest.fixture
def days_ago(today: datetime.date) -> Callable[[int], datetime.date]:
    return lambda days: today - datetime.timedelta(days=days)


@pytest.fixture
def log_meeting(organisation) -> Callable[..., Meeting]:
    """`log_meeting(partnership, on, by=person)`: as the partner's page would, with content unless told otherwise."""

    def log(
        partnership: Partnership,
        on: datetime.date,
        *,
        by: Any,
        now: datetime.datetime | None = None,
        medium: str = "video",
        minutes: int = 60,
        usefulness: str = "",
        **said: Any,
    ) -> Meeting:
        activity = Activity(on, minutes, medium, usefulness)
        words = Words(**({"next_step": f"{CANARY} next", "answers": RECORD, "reflection": REFLECTION} | said))
        with tenancy.tenant(organisation, by):
            return actions.log_meeting(partnership, activity, words, by=by, now=now or timezone.now()).meeting

    return log


@pytest.fixture
def in_a_week(today: datetime.date) -> datetime.date:
    return today + datetime.timedelta(days=7)


@pytest.fixture
def said(in_a_week: datetime.date) -> dict[str, str]:
    """What is sent to plan a meeting."""
    return {
        "on": in_a_week.isoformat(),
        "at": "10:30",
        "medium": "face_to_face",
        "length": "60",
        "place": "Library, room 4",
        "agenda": f"{CANARY} to talk about",
    }


@pytest.fixture
def as_mentee(client: Client, sign_in: Callable[..., Client], mentee: Participant) -> Client:
    return sign_in(client, mentee.person)


@pytest.fixture
def planned(organisation, partnership, mentee, in_a_week) -> PlannedMeeting:
    """A meeting that the mentee planned."""
    at = datetime.datetime.combine(in_a_week, datetime.time(10, 30), tzinfo=LONDON)
    with tenancy.tenant(organisation, mentee.person):
        return plan_meeting(
            partnership, Plan(at, 60, "video"), f"{CANARY} agenda", by=mentee.person, now=timezone.now()
        )


def entry_in(message: Message) -> Any:
    """The event in a letter's calendar entry."""
    [event] = Calendar.from_ical(message.calendar).walk("VEVENT")
    return event


@pytest.fixture
def circle(programme: Programme, mentor: Participant, mentee: Participant) -> Any:
    """A circle with a facilitator, Mor and Sŵn."""
    circle: Any = cast.make_partnership(programme, mentor, mentee, model="circle")
    facilitator = cast.make_participant(
        programme, "facilitator", cast.make_person("Fay Facilitator", "fay@example.org")
    )
    Member.objects.create(partnership=circle, participant=facilitator, person=facilitator.person, role="facilitator")
    circle.fay = facilitator.person
    return circle


@pytest.fixture
def enter(sign_in: Callable[..., Client]) -> Callable[..., Client]:
    """`enter(person)`: a browser of their own."""
    return lambda person: sign_in(Client(), person)
