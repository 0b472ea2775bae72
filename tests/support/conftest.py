"""Partners with something to say."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from mentoring.organisations import tenancy
from programmes.blueprints import load_blueprint
from programmes.models import Partnership, Programme
from programmes.support import actions
from programmes.support.actions import Activity, Words
from programmes.support.models import Meeting

CANARY = "CANARYWORDS"
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
