"""What partners do about their goals. What was once written is never changed: each time adds an entry."""

import datetime

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership

from ..models import DevelopmentNeed, EntryKind, Goal, GoalState
from .stories import Plan, Review, add_page, hold, look_back, refuse_passed, rewrite

MOST_GOALS = 30


@transaction.atomic
def set_goal(
    partnership: Partnership,
    plan: Plan,
    *,
    by: Person,
    now: datetime.datetime,
    need: DevelopmentNeed | None = None,
) -> Goal:
    """Set a goal, with the first version of its plan (A1, A2). `need`: what somebody wants to learn by it (A5).

    Refused after the end, and for dates that have passed.
    """
    held = lock(partnership, by)
    refuse_passed(plan, by, now)
    if held.goals.filter(state=GoalState.OPEN).count() >= MOST_GOALS:
        raise Refused(f"You have {MOST_GOALS} goals open. Reach one or let one go before you set another.")
    goal = Goal.objects.create(
        partnership=held, due_on=plan.due_on, review_on=plan.review_on, need=need, made_by=by, made_at=now
    )
    add_page(goal, EntryKind.PLAN, plan.words, by=by, now=now)
    audit.record("goal set", on=goal, by=by, at=now)
    return goal


@transaction.atomic
def adjust_goal(goal: Goal, plan: Plan, *, by: Person, now: datetime.datetime, seen: str) -> None:
    """Write another version of the plan beside the earlier ones (A4). `seen` numbers the one that was on the page.

    Refused when a partner has adjusted it since, once it is closed, and for what `set_goal` refuses.
    """
    held = lock_goal(goal, by)
    rewrite(held, plan, by=by, now=now, seen=seen)
    audit.record("goal adjusted", on=held, by=by, at=now)


@transaction.atomic
def review_goal(goal: Goal, review: Review, *, by: Person, now: datetime.datetime) -> None:
    """Note what moved and how it shows (A1, G8), and whether the goal is reached, let go or goes on."""
    held = lock_goal(goal, by)
    look_back(held, review, by=by, now=now)
    audit.record("goal reviewed", on=held, by=by, at=now, state=review.state)


@transaction.atomic
def keep_thoughts(goal: Goal, kind: str, answers: dict[str, str], *, by: Person, now: datetime.datetime) -> None:
    """Keep what somebody thought through about a goal (A6, A7). Without any answer nothing is kept."""
    held = lock_goal(goal, by)
    if answers:
        add_page(held, EntryKind(kind), answers, by=by, now=now)
        audit.record("goal thought through", on=held, by=by, at=now, way=kind)


def lock(partnership: Partnership, by: Person) -> Partnership:
    """The partnership as it is now, held. Refused after its end, and for whoever is not in it."""
    return hold(partnership, by)[0]


def lock_goal(goal: Goal, by: Person) -> Goal:
    lock(goal.partnership, by)
    held = Goal.objects.select_related("partnership").get(pk=goal.pk)
    if not held.is_open:
        raise Refused("This goal is closed, so its story stays as it is. Set a new one to go on.")
    return held
