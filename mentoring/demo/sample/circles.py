"""Circles at the professional body: eleven members and three facilitators, and a first round that waits for the co-ordinator."""

import datetime

from matching.actions import lock_pair, run_round
from matching.queries import matches_of
from mentoring.accounts.models import Person
from programmes.needs.actions import state_need

from .cast import CIRCLE_FACILITATORS, CIRCLE_MEMBERS
from .moments import at, days
from .story import Story

WHY = (
    "Members who come back after a break, or change their field, told us that they would rather talk to several people in "
    "the same place than to one who has arrived."
)
WHO = "Members anywhere in Britain and Ireland who are at a turning point, whatever their age."


def tell(story: Story, today: datetime.date, *, administrator: Person, coordinator: Person) -> None:
    programme = story.begin(
        "Turning Points", "turning-points", today + days(30), today + days(300), by=administrator,
        coordinator=coordinator, blueprint="circles",
    )  # fmt: skip
    state_need(programme, by=coordinator, now=at(today - days(88)), why=WHY, target_group=WHO)
    story.recruit(programme, CIRCLE_MEMBERS, "mentee", coordinator)
    story.recruit(programme, CIRCLE_FACILITATORS, "mentor", coordinator)
    first = run_round(programme, by=coordinator, now=at(today - days(1), 10))
    lock_pair(matches_of(first)[0], by=coordinator, now=at(today - days(1), 11), locked=True)
