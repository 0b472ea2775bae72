"""What is done with everything that is told as a story: a goal, something to learn. Each time adds a page."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from mentoring.accounts.clocks import today_of
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Member, Partnership, PartnershipState
from programmes.queries import membership_in, with_members

from ..models import Aim, DevelopmentPlan, Page
from ..models.stories import OPEN, PLAN, REVIEW
from ..words import key_of


@dataclass(frozen=True)
class Plan:
    """A plan: its words by name (see the form that asks for them), when it is due and when it is looked at again."""

    words: dict[str, Any] = field(default_factory=dict)
    due_on: datetime.date | None = None
    review_on: datetime.date | None = None


@dataclass(frozen=True)
class Review:
    """What moved and how it shows, how the aim stands now, and when it is looked at again."""

    words: dict[str, Any]
    state: str
    review_on: datetime.date | None = None


def add_page(
    told: Aim | DevelopmentPlan, kind: str, words: dict[str, Any], *, by: Person, now: datetime.datetime
) -> Page:
    """Add a page to a story, sealed by the partnership's key."""
    page = told.new_page(
        partnership_id=told.partnership_id,
        key=key_of(told.partnership_id),
        kind=kind,
        number=(told.pages.aggregate(last=Max("number"))["last"] or 0) + 1,
        words=words,
        written_by=by,
        written_at=now,
    )
    page.save(force_insert=True)
    return page


def rewrite(held: Aim, plan: Plan, *, by: Person, now: datetime.datetime, seen: str) -> None:
    """Write another version of a plan beside the earlier ones (A4). `seen` numbers the one that was on the page.

    Refused when somebody has adjusted it since, and for dates that have passed.
    """
    newest = held.pages.filter(kind=PLAN).order_by("-number").first()
    if newest and seen != str(newest.number):
        raise Refused(
            "Your partner has adjusted this since you opened it. Copy your words, open the page again, and add them."
        )
    refuse_passed(plan, by, now, held)
    held.due_on, held.review_on = plan.due_on, plan.review_on
    held.save(update_fields=["due_on", "review_on"])
    add_page(held, PLAN, plan.words, by=by, now=now)


def look_back(held: Aim, review: Review, *, by: Person, now: datetime.datetime) -> None:
    """Note a review. Refused where it is to be looked at again today, or on a day before."""
    if review.review_on and review.review_on <= today_of(by, now):
        raise Refused("Look at it again on a later day than today.")
    held.state, held.closed_at = review.state, None if review.state == OPEN else now
    held.review_on = review.review_on if held.is_open else None
    held.save(update_fields=["state", "closed_at", "review_on"])
    add_page(held, REVIEW, review.words | {"state": review.state}, by=by, now=now)


def hold(partnership: Partnership, by: Person) -> tuple[Partnership, Member]:
    """The partnership as it is now, held, and this person's part in it. Refused after its end, and for anybody else."""
    held = with_members(Partnership.objects.select_for_update().filter(pk=partnership.pk)).get()
    if held.state == PartnershipState.ENDED:
        raise Refused("This partnership has ended. You can still read and download its plan.")
    member = membership_in(held, by)
    if member is None or member.left_at:
        raise Refused("Only the people in a partnership set its goals.")
    return held, member


def refuse_passed(plan: Plan, by: Person, now: datetime.datetime, aim: Aim | None = None) -> None:
    """A day that stood there before may have passed; a new one may not."""
    today = today_of(by, now)
    for name in ("due_on", "review_on"):
        day = getattr(plan, name)
        if day and day < today and day != (aim and getattr(aim, name)):
            raise Refused(f"{day:%-d %B %Y} has passed. Give a day from today.")
