"""What partners set a day for themselves: an action to be done, a goal or something to learn to be looked at again.

The days are activity; what they are about is the partners' own (decision 15), so no letter says it. Several things of one
day are one letter to each reader.
"""

import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from programmes.models import Partnership, PartnershipState
from programmes.support.health import Signs
from programmes.support.models import ActionPoint, DevelopmentNeed, Goal, GoalState, NeedState

from .upcoming import DAY, Kind, Prompt

LOOKED_BACK = 3  # days after it on which a goal's day is still worth a letter


def with_dates(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Each comes with its open actions, goals and needs that have a day. Three queries, however many they are."""
    needs = DevelopmentNeed.objects.filter(state=NeedState.OPEN).exclude(review_on=None).select_related("plan")
    return partnerships.prefetch_related(
        Prefetch("action_points", ActionPoint.objects.filter(done_at=None).exclude(due_on=None), to_attr="to_do"),
        Prefetch("goals", Goal.objects.filter(state=GoalState.OPEN).exclude(review_on=None), to_attr="to_review"),
        Prefetch("developmentneeds", needs, to_attr="to_learn"),
    )


def dated(partnership: Any, signs: Signs) -> list[Prompt]:
    """Prompts of a partnership that comes `with_dates`; none while it rests, or once somebody has asked to end."""
    if signs.state != PartnershipState.ACTIVE or signs.closes_on:
        return []
    found = [_action(point.due_on, point.person_id, point.noted_at) for point in partnership.to_do]
    found += [_review(Kind.REVIEW_DUE, goal.review_on, goal.made_at) for goal in partnership.to_review]
    found += [
        _review(Kind.NEED_DUE, need.review_on, need.made_at, need.plan.person_id) for need in partnership.to_learn
    ]
    return list(dict.fromkeys(prompt for prompt in found if prompt))


def _action(due_on: datetime.date, person_id: UUID | None, noted_at: datetime.datetime) -> Prompt | None:
    """From the day before to the day itself: to whoever does it, or to all of them."""
    if _is_fresh(noted_at, due_on - DAY):
        return None
    return Prompt(Kind.ACTION_DUE, due_on - DAY, due_on, due_on, person_id, kept_on=timezone.localdate(noted_at))


def _review(
    kind: Kind, review_on: datetime.date, made_at: datetime.datetime, reader: UUID | None = None
) -> Prompt | None:
    """On its day and a few more: to all of them, or to whose development plan it stands in."""
    if _is_fresh(made_at, review_on):
        return None
    until = review_on + LOOKED_BACK * DAY
    kept_on = None if reader else timezone.localdate(made_at)
    return Prompt(kind, review_on, until, review_on, reader, kept_on=kept_on)


def _is_fresh(noted_at: datetime.datetime, reminded_on: datetime.date) -> bool:
    """Whoever noted it on the very day of the letter has it in mind."""
    return noted_at.date() >= reminded_on
