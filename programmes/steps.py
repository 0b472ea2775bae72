"""The seven steps. Each describes itself in its own step.py; nothing here knows what they do."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import Any

from django.conf import settings

from mentoring.accounts.models import Person

from .models import Programme


class State(StrEnum):
    """The words of the task list (interface.md A1). An action to take has words of its own in `Status.action`."""

    CANNOT_START = "Cannot start yet"
    NOT_STARTED = "Not yet started"
    IN_PROGRESS = "In progress"
    COMPLETED = "Completed"


@dataclass(frozen=True)
class Need:
    """Something that waits for the co-ordinator: a sentence with its count, where to deal with it, and a hint."""

    sentence: str
    url: str
    hint: str = ""


@dataclass(frozen=True)
class Status:
    """How a step stands: one sentence, what needs doing, and the next action with its place and length in minutes.

    `needs` wait for a co-ordinator, `decisions` for a sponsor or an administrator. Sponsors read the sentence too: it
    has counts and dates, never names.
    """

    state: State
    sentence: str
    needs: list[Need] = field(default_factory=list)
    action: str = ""
    url: str = ""
    why: str = ""
    minutes: int = 0
    decisions: list[Need] = field(default_factory=list)


def start_nothing(programme: Programme, blueprint: dict[str, Any], by: Person, now: datetime.datetime) -> None:
    """For a step that copies nothing from the blueprint."""


def no_facts(today: datetime.date) -> dict[str, Any]:
    """For a step whose status asks the database itself."""
    return {}


@dataclass(frozen=True)
class Step:
    """A step of the life cycle. `start` copies what it needs from the blueprint once; `status` says how it stands.

    `facts` are expressions on Programme that its status reads: the home reads those of all steps in one query.
    """

    number: int
    slug: str
    verb: str
    status: Callable[[Programme, datetime.date], Status]
    start: Callable[[Programme, dict[str, Any], Person, datetime.datetime], None] = start_nothing
    facts: Callable[[datetime.date], dict[str, Any]] = no_facts

    @property
    def home(self) -> str:
        return f"{self.slug}:home"


def load_steps() -> list[Step]:
    """The steps named in settings, in their order."""
    return [import_module(f"{module}.step").STEP for module in settings.STEPS]


def know(programme: Programme, facts: dict[str, Any]) -> Any:
    """The programme with these facts on it: it comes with them when they were read before, else they are read now."""
    if all(hasattr(programme, name) for name in facts):
        return programme
    known = Programme.objects.annotate(**facts).get(pk=programme.pk)
    known.organisation = programme.organisation
    return known


def statuses(programme: Programme, today: datetime.date) -> list[tuple[Step, Status]]:
    """How each step stands today."""
    steps = load_steps()
    known = know(programme, {name: fact for step in steps for name, fact in step.facts(today).items()})
    return [(step, step.status(known, today)) for step in steps]
