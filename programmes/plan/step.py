"""How step 2 begins and how it stands."""

import datetime
from typing import Any

from mentoring.accounts.models import Person
from programmes.models import Programme
from programmes.steps import Need, State, Status, Step

from .actions import begin_budget
from .policies import begin_policies
from .queries import Standing, plan_facts, standing_of


def start(programme: Programme, blueprint: dict[str, Any], by: Person, now: datetime.datetime) -> None:
    """The budget begins with last year's lines, or the blueprint's; the register of policies with last year's."""
    begin_budget(programme, blueprint)
    begin_policies(programme)


def facts(today: datetime.date) -> dict[str, Any]:
    return plan_facts()


def status(programme: Programme, today: datetime.date) -> Status:
    """Complete when everything is there and what stands now has been approved."""
    standing = standing_of(programme)
    if standing.missing:
        return unwritten(programme, standing)
    if standing.is_approved:
        return Status(state=State.COMPLETED, sentence=f"Approved on {standing.approved_on:%-d %B %Y}")
    return waiting(programme, standing)


def unwritten(programme: Programme, standing: Standing) -> Status:
    return Status(
        state=State.IN_PROGRESS if standing.content["purpose"] else State.NOT_STARTED,
        sentence=f"Still missing: {', '.join(standing.missing)}",
        action="Write the plan",
        url=programme.url("plan:home"),
        why="Dates, money and somebody senior who stands behind it. It prints for the people who decide.",
        minutes=20,
    )


def waiting(programme: Programme, standing: Standing) -> Status:
    home = programme.url("plan:home")
    changes = f"Changed since it was approved: {', '.join(standing.changed)}" if standing.approved else ""
    return Status(
        state=State.IN_PROGRESS,
        sentence=changes or "Written, not approved yet",
        needs=[Need("The plan waits for approval", home, "A sponsor or an administrator approves it")],
        decisions=[Need("Approve the plan", home, changes or "Written, and complete")],
    )


STEP = Step(number=2, slug="plan", verb="Plan it", start=start, status=status, facts=facts)
