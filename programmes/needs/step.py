"""How step 1 begins and how it stands."""

import datetime
from typing import Any

from mentoring.accounts.models import Person
from programmes.models import Programme
from programmes.steps import State, Status, Step, know

from .actions import copy_from_previous
from .queries import needs_facts

ENOUGH = 2  # objectives


def start(programme: Programme, blueprint: dict[str, Any], by: Person, now: datetime.datetime) -> None:
    """A first programme starts empty, with the blueprint's examples to choose from; a later one with last year's."""
    copy_from_previous(programme, by, now)


def facts(today: datetime.date) -> dict[str, Any]:
    return needs_facts()


def status(programme: Programme, today: datetime.date) -> Status:
    """Complete when the need is stated and at least two objectives have a measure and a target."""
    known = know(programme, needs_facts())
    if not known.needs_is_stated:
        return Status(
            state=State.NOT_STARTED,
            sentence="Why it should exist, whom it is for, and how you will know that it worked",
            action="Say why it should exist",
            url=programme.url("needs:need"),
            why="Programmes whose purpose nobody wrote down are the ones that fade. A few sentences are enough.",
            minutes=15,
        )
    count = known.needs_objectives
    if count < ENOUGH:
        return Status(
            state=State.IN_PROGRESS,
            sentence="The need is stated; no objective yet" if not count else "The need is stated; 1 objective so far",
            action="Set objectives",
            url=programme.url("needs:home"),
            why="Two or three objectives with a target tell you at the end whether it was worth it.",
            minutes=10,
        )
    return Status(state=State.COMPLETED, sentence=f"{count} objectives, each with a target")


STEP = Step(number=1, slug="needs", verb="Say what the programme is for", start=start, status=status, facts=facts)
