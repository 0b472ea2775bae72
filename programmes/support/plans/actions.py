"""What partners do about their goals. What was once written is never changed: each time adds an entry."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring import audit
from mentoring.accounts.middleware import zone
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership, PartnershipState
from programmes.queries import membership_in, with_members

from ..models import EntryKind, Goal, GoalEntry, GoalState
from ..words import key_of

MOST_GOALS = 30


@dataclass(frozen=True)
class Plan:
    """A goal's plan: its words by name (see forms.PlanForm), when it should be reached and when looked at again."""

    words: dict[str, Any] = field(default_factory=dict)
    due_on: datetime.date | None = None
    review_on: datetime.date | None = None


@transaction.atomic
def set_goal(partnership: Partnership, plan: Plan, *, by: Person, now: datetime.datetime) -> Goal:
    """Set a goal, with the first version of its plan (A1, A2). Refused after the end, and for dates that have passed."""
    held = lock(partnership, by)
    refuse_passed(plan, by, now)
    if held.goals.filter(state=GoalState.OPEN).count() >= MOST_GOALS:
        raise Refused(f"You have {MOST_GOALS} goals open. Reach one or let one go before you set another.")
    goal = Goal.objects.create(partnership=held, due_on=plan.due_on, review_on=plan.review_on, made_by=by, made_at=now)
    add_entry(goal, EntryKind.PLAN, plan.words, by=by, now=now)
    audit.record("goal set", on=goal, by=by, at=now)
    return goal


@transaction.atomic
def adjust_goal(goal: Goal, plan: Plan, *, by: Person, now: datetime.datetime, seen: str) -> None:
    """Write another version of the plan beside the earlier ones (A4). `seen` numbers the one that was on the page.

    Refused when a partner has adjusted it since, once it is closed, and for what `set_goal` refuses.
    """
    held = lock_goal(goal, by)
    newest = held.entries.filter(kind=EntryKind.PLAN).order_by("-number").first()
    if newest and seen != str(newest.number):
        raise Refused(
            "Your partner has adjusted this goal since you opened it. "
            "Copy your words, open the page again, and add them."
        )
    refuse_passed(plan, by, now, held)
    held.due_on, held.review_on = plan.due_on, plan.review_on
    held.save(update_fields=["due_on", "review_on"])
    add_entry(held, EntryKind.PLAN, plan.words, by=by, now=now)
    audit.record("goal adjusted", on=held, by=by, at=now)


@transaction.atomic
def review_goal(
    goal: Goal,
    words: dict[str, Any],
    *,
    by: Person,
    now: datetime.datetime,
    state: str,
    review_on: datetime.date | None,
) -> None:
    """Note what moved and how it shows (A1, G8), and whether the goal is reached, let go or goes on."""
    held = lock_goal(goal, by)
    if review_on and review_on <= today_of(by, now):
        raise Refused("Look at it again on a later day than today.")
    held.state, held.closed_at = state, None if state == GoalState.OPEN else now
    held.review_on = review_on if held.is_open else None
    held.save(update_fields=["state", "closed_at", "review_on"])
    add_entry(held, EntryKind.REVIEW, words | {"state": state}, by=by, now=now)
    audit.record("goal reviewed", on=held, by=by, at=now, state=state)


@transaction.atomic
def keep_thoughts(goal: Goal, kind: str, answers: dict[str, str], *, by: Person, now: datetime.datetime) -> None:
    """Keep what somebody thought through about a goal (A6, A7). Without any answer nothing is kept."""
    held = lock_goal(goal, by)
    if answers:
        add_entry(held, EntryKind(kind), answers, by=by, now=now)
        audit.record("goal thought through", on=held, by=by, at=now, way=kind)


def add_entry(goal: Goal, kind: EntryKind, words: dict[str, Any], *, by: Person, now: datetime.datetime) -> GoalEntry:
    newest = goal.entries.order_by("-number").values_list("number", flat=True).first() or 0
    entry = GoalEntry(
        goal=goal,
        partnership_id=goal.partnership_id,
        key=key_of(goal.partnership_id),
        kind=kind,
        number=newest + 1,
        words=words,
        written_by=by,
        written_at=now,
    )
    entry.save(force_insert=True)
    return entry


def lock(partnership: Partnership, by: Person) -> Partnership:
    """The partnership as it is now, held. Refused after its end, and for whoever is not in it."""
    held = with_members(Partnership.objects.select_for_update().filter(pk=partnership.pk)).get()
    if held.state == PartnershipState.ENDED:
        raise Refused("This partnership has ended. You can still read and download its plan.")
    member = membership_in(held, by)
    if member is None or member.left_at:
        raise Refused("Only the people in a partnership set its goals.")
    return held


def lock_goal(goal: Goal, by: Person) -> Goal:
    lock(goal.partnership, by)
    held = Goal.objects.select_related("partnership").get(pk=goal.pk)
    if not held.is_open:
        raise Refused("This goal is closed, so its story stays as it is. Set a new one to go on.")
    return held


def refuse_passed(plan: Plan, by: Person, now: datetime.datetime, goal: Goal | None = None) -> None:
    """A day that stood there before may have passed; a new one may not."""
    today = today_of(by, now)
    for name in ("due_on", "review_on"):
        day = getattr(plan, name)
        if day and day < today and day != (goal and getattr(goal, name)):
            raise Refused(f"{day:%-d %B %Y} has passed. Give a day from today.")


def today_of(person: Person, now: datetime.datetime) -> datetime.date:
    return timezone.localdate(now, zone(person.time_zone))
