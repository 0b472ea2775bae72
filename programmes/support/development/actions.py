"""What people do about a development plan. What was once written is never changed: each time adds a page."""

import datetime
from typing import Any

from django.db import transaction

from mentoring import audit
from mentoring.accounts.clocks import today_of
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership

from ..models import DevelopmentKind, DevelopmentNeed, DevelopmentPlan, Goal, NeedState
from ..models.stories import PLAN
from ..plans.actions import set_goal
from ..plans.stories import Plan, Review, add_page, hold, look_back, refuse_passed, rewrite
from .asked import say_ways
from .queries import may_own

MOST_NEEDS = 30


@transaction.atomic
def say_standing(
    partnership: Partnership, words: dict[str, Any], readers: str, *, by: Person, now: datetime.datetime
) -> DevelopmentPlan:
    """Say where one stands and who reads one's development plan, which begins with it (A5).

    The same words once more add no page. Refused after the end, and for whoever is no mentee here.
    """
    held, member = hold(partnership, by)
    if not may_own(member):
        raise Refused("Mentees have a development plan. You read it where they show it to you.")
    plan, created = DevelopmentPlan.objects.get_or_create(
        partnership=held, person=by, defaults={"readers": readers, "made_at": now}
    )
    newest = plan.pages.order_by("-number").first()
    if any(words.values()) and (newest is None or newest.words != words):
        add_page(plan, DevelopmentKind.STANDING, words, by=by, now=now)
    if plan.readers != readers:
        plan.readers = readers
        plan.save(update_fields=["readers"])
    audit.record("development plan begun" if created else "standing said", on=plan, by=by, at=now, readers=readers)
    return plan


@transaction.atomic
def add_need(development_plan: DevelopmentPlan, plan: Plan, *, by: Person, now: datetime.datetime) -> DevelopmentNeed:
    """Add something to learn: by the plan's owner, or by whom they show it to. Refused for days that have passed."""
    held = lock_plan(development_plan, by)
    refuse_passed(plan, by, now)
    if held.needs.filter(state=NeedState.OPEN).count() >= MOST_NEEDS:
        raise Refused(f"There are {MOST_NEEDS} open needs already. Meet one or let one go before you add another.")
    need = DevelopmentNeed.objects.create(
        partnership=held.partnership, plan=held, due_on=plan.due_on, review_on=plan.review_on, made_by=by, made_at=now
    )
    add_page(need, PLAN, plan.words, by=by, now=now)
    audit.record("development need added", on=need, by=by, at=now)
    return need


@transaction.atomic
def adjust_need(need: DevelopmentNeed, plan: Plan, *, by: Person, now: datetime.datetime, seen: str) -> None:
    """Write another version beside the earlier ones. Refused when somebody has adjusted it since, and once it is closed."""
    held = lock_need(need, by)
    rewrite(held, plan, by=by, now=now, seen=seen)
    audit.record("development need adjusted", on=held, by=by, at=now)


@transaction.atomic
def review_need(need: DevelopmentNeed, review: Review, *, by: Person, now: datetime.datetime) -> None:
    """Note what moved and how it shows, and whether the need is met, let go or goes on."""
    held = lock_need(need, by)
    look_back(held, review, by=by, now=now)
    audit.record("development need reviewed", on=held, by=by, at=now, state=review.state)


@transaction.atomic
def make_goal(need: DevelopmentNeed, *, by: Person, now: datetime.datetime) -> Goal:
    """Put a need into the action plan as a goal, in its own words; everybody in the partnership reads that.

    A day that has passed is left out. Refused for what `set_goal` refuses, and once the need is closed.
    """
    held = lock_need(need, by)
    newest = held.pages.filter(kind=PLAN).order_by("-number").first()
    words = newest.words if newest else {}
    helps = [words.get("support", ""), *say_ways(words)]
    said = {
        "goal": words.get("need", ""),
        "measure": words.get("success", ""),
        "priority": words.get("priority", ""),
        "people": "\n".join(line for line in helps if line),
        "capabilities": words.get("capabilities", []),
    }
    today = today_of(by, now)
    due_on, review_on = (day if day and day >= today else None for day in (held.due_on, held.review_on))
    plan = Plan({name: said[name] for name in said if said[name]}, due_on, review_on)
    return set_goal(held.partnership, plan, by=by, now=now, need=held)


def lock_plan(plan: DevelopmentPlan, by: Person) -> DevelopmentPlan:
    """The plan as it is now. Refused after the end, and for whoever it is not shown to."""
    partnership, member = hold(plan.partnership, by)
    held = DevelopmentPlan.objects.filter(pk=plan.pk).first()
    if held is None or not held.is_shown_to(member):
        raise Refused("This development plan is not shown to you.")
    held.partnership = partnership
    return held


def lock_need(need: DevelopmentNeed, by: Person) -> DevelopmentNeed:
    plan = lock_plan(need.plan, by)
    held = plan.needs.get(pk=need.pk)
    held.plan = plan
    held.partnership = held.plan.partnership
    if not held.is_open:
        raise Refused("This need is closed, so its story stays as it is. Add a new one to go on.")
    return held
