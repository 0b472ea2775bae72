"""Ending without fault: either may ask, nobody can hold anybody, and both are asked what they would like next (C4, X3)."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from mentoring import audit, outbox
from mentoring.accounts.clocks import today_of
from mentoring.accounts.models import Person
from mentoring.outbox.sweeps import Swept, sweeps
from mentoring.refusal import Refused
from programmes.actions import end_partnership
from programmes.models import Partnership
from programmes.queries import coordinators_of, membership_in

from .. import letters
from ..circles.sizes import may_end_all
from ..models import Closing, Ending, NextWish
from .resting import lock, others

CLOSES_AFTER = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Parting:
    """What somebody says who ends a partnership; all of it is optional.

    reason, note: for the co-ordinators alone. wish: whether they would like a new match. message: added to the letter to
    the others. next_steps: sent to themselves (X9). on_their_own: they go on outside the programme (X8).
    """

    reason: str = ""
    note: str = ""
    wish: str = ""
    message: str = ""
    next_steps: str = ""
    on_their_own: bool = False


NOTHING = Parting()


@transaction.atomic
def ask_to_end(partnership: Partnership, said: Parting = NOTHING, *, by: Person, now: datetime.datetime) -> Closing:
    """Say that you would like to end, with a last meeting before. It closes by itself after 14 days at the latest.

    The others are told, in the words that were shown; never why. Refused when somebody has asked already, when it has
    ended, and for one of several whom the others can go on without.
    """
    held = lock(partnership)
    refuse_for_all(held, by, now)
    if Closing.objects.filter(partnership=held).exists():
        raise Refused("One of you has asked for this already. You can close it now, or wait.")
    closing = begin_closing(held, said, closes_on=today_of(by, now) + CLOSES_AFTER, by=by, now=now)
    keep(held, said, by=by, now=now)
    audit.record("ending asked for", on=held, by=by, at=now, closes_on=str(closing.closes_on))
    words = {"message": said.message, "closes_on": closing.closes_on}
    letters.tell("closing", held, others(held, by), by=by, now=now, **words)
    letters.tell("closing_for_coordinators", held, coordinators(held, by), by=by, now=now, **words)
    return closing


@transaction.atomic
def end(partnership: Partnership, said: Parting = NOTHING, *, by: Person, now: datetime.datetime) -> None:
    """End a partnership today: places become free, the others and the co-ordinators are told, never why.

    Where another has asked before, the reasons stay theirs. Refused when it has ended already, and for one of several whom
    the others can go on without.
    """
    held = lock(partnership)
    refuse_for_all(held, by, now)
    if not Closing.objects.filter(partnership=held).exists():
        begin_closing(held, said, closes_on=today_of(by, now), by=by, now=now)
    keep(held, said, by=by, now=now)
    finish(held, others(held, by), by=by, now=now, message=said.message)


def begin_closing(
    held: Partnership, said: Parting, *, closes_on: datetime.date, by: Person, now: datetime.datetime
) -> Closing:
    return Closing.objects.create(
        partnership=held, asked_by=by, asked_at=now, closes_on=closes_on, on_their_own=said.on_their_own
    )


def keep(held: Partnership, said: Parting, *, by: Person, now: datetime.datetime) -> None:
    """What was said goes where its readers are: the reasons are those of whoever asked first."""
    if held.closing.asked_by_id == by.pk:
        keep_reasons(held, said, by=by)
    keep_wish(held, said.wish, by=by, now=now)
    send_next_steps(held, said.next_steps, by=by)


def keep_reasons(partnership: Partnership, said: Parting, *, by: Person) -> None:
    why = {"reason": said.reason, "note": said.note}
    Ending.objects.update_or_create(partnership=partnership, ended_by=by, defaults=why)


def refuse_for_all(partnership: Partnership, by: Person, now: datetime.datetime) -> None:
    if not may_end_all(partnership, by, today_of(by, now)):
        raise Refused("The others may want to go on. Leave instead: your place becomes free, and nobody is asked why.")


@transaction.atomic
def close(partnership: Partnership, *, by: Person, now: datetime.datetime) -> None:
    """End today what one of them has asked to end. Refused where nobody has, and for one of several who do not lead it."""
    held = lock(partnership)
    refuse_for_all(held, by, now)
    if not Closing.objects.filter(partnership=held).exists():
        raise Refused("Nobody has asked to end this partnership.")
    finish(held, others(held, by), by=by, now=now)


@transaction.atomic
def take_back(partnership: Partnership, *, by: Person, now: datetime.datetime) -> None:
    """Go on after all. Refused for anybody but the one who asked, and once it has ended."""
    held = lock(partnership)
    closing = Closing.objects.filter(partnership=held).first()
    if closing is None or closing.asked_by_id != by.pk:
        raise Refused("Only the person who asked to end can take it back.")
    Ending.objects.filter(partnership=held, ended_by=by).delete()
    NextWish.objects.filter(partnership=held, person=by).delete()
    closing.delete()
    audit.record("ending taken back", on=held, by=by, at=now)
    letters.tell("goes_on_after_all", held, others(held, by), by=by, now=now)


@sweeps("closings")
def close_due(now: datetime.datetime, limit: int) -> Swept:
    """End what was asked for fourteen days ago and nobody has closed: no answer holds nobody."""
    yesterday = timezone.localdate(now) - datetime.timedelta(days=1)
    due = Closing.objects.filter(closes_on__lte=yesterday).exclude(partnership__state="ended")
    closings = list(due.select_related("partnership", "asked_by").order_by("closes_on")[:limit])
    for closing in closings:
        held = lock(closing.partnership)
        finish(held, everybody(held), by=closing.asked_by, now=now)
    return Swept(len(closings), more=len(closings) == limit)


@transaction.atomic
def say_wish(partnership: Partnership, *, wish: str, by: Person, now: datetime.datetime) -> None:
    """Whether you would like a new match; it can be said again. Refused for anybody who was not a partner."""
    if membership_in(partnership, by) is None:
        raise Refused("Only the people of a partnership say what they would like next.")
    keep_wish(partnership, wish, by=by, now=now)
    audit.record("wish for a new match said", on=partnership, by=by, at=now)


def keep_wish(partnership: Partnership, wish: str, *, by: Person, now: datetime.datetime) -> None:
    if wish and membership_in(partnership, by):
        NextWish.objects.update_or_create(partnership=partnership, person=by, defaults={"wish": wish, "said_at": now})


def send_next_steps(partnership: Partnership, words: str, *, by: Person) -> None:
    """Send somebody their own next steps (X9). The letter belongs to no programme, so that no co-ordinator sees it."""
    if words:
        outbox.write(
            letters.compose("next_steps", partnership, by, by=by, next_steps=words),
            to=by,
            kind="next_steps",
            key=f"next_steps|{partnership.pk}|{by.pk}",
        )


def finish(held: Partnership, readers: list[Person], *, by: Person, now: datetime.datetime, message: str = "") -> None:
    """Free the places, and tell everybody concerned."""
    held.state = end_partnership(held, by=by, now=now).state
    letters.tell("ended", held, readers, by=by, now=now, message=message)
    letters.tell("ended_for_coordinators", held, coordinators(held, by), by=by, now=now)


def everybody(partnership: Partnership) -> list[Person]:
    return [member.person for member in partnership.members.select_related("person").filter(left_at=None)]


def coordinators(partnership: Partnership, by: Person) -> list[Person]:
    return [person for person in coordinators_of(partnership.programme) if person.pk != by.pk]
