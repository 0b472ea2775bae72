"""Actions that partners agree on: noted in a record's box or by themselves, carried along until they are done."""

import datetime
from typing import Any

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Partnership

from .boxes import Box, boxes_of
from .models import ActionPoint, Meeting
from .planning.actions import lock
from .words import change_words, keep_words


@transaction.atomic
def note(
    partnership: Partnership,
    what: str,
    *,
    by: Person,
    now: datetime.datetime,
    who: Person | None = None,
    due_on: datetime.date | None = None,
) -> ActionPoint:
    """Note what somebody will do, or all of them. Refused after the end and for somebody who is not in it."""
    held = lock(partnership, by)
    if who and not any(member.person_id == who.pk and member.left_at is None for member in held.members.all()):
        raise Refused(f"{who} is not in this partnership.")
    kept = keep_words(held.pk, what=what)
    point = ActionPoint.objects.create(partnership=held, person=who, due_on=due_on, noted_at=now, kept=kept)
    audit.record("action noted", on=point, by=by, at=now)
    return point


@transaction.atomic
def tick(point: ActionPoint, *, done: bool, by: Person, now: datetime.datetime) -> None:
    """Say that an action is done, or that it is not after all. Saying it twice changes nothing."""
    lock(point.partnership, by)
    held = ActionPoint.objects.select_for_update().get(pk=point.pk)
    if bool(held.done_at) != done:
        held.done_at = now if done else None
        held.save(update_fields=["done_at"])
        audit.record("action done" if done else "action open again", on=point, by=by, at=now)


def follow_record(
    meeting: Meeting, answers: dict[str, str], due: dict[str, datetime.date], *, now: datetime.datetime
) -> None:
    """Let each box in which a partner's action stands have its action: the same words, and the day it is due."""
    boxes = [box for box in boxes_of(meeting.partnership.programme) if box.by]
    there = {point.box: point for point in meeting.action_points.select_related("kept__key").exclude(box="")}
    for box in boxes:
        text, point = answers.get(box.key, ""), there.get(box.key)
        if point and not text:
            point.delete()
        elif point:
            change_words(point.kept, what=text)
            point.due_on = due.get(box.key, point.due_on)
            point.save(update_fields=["due_on"])
        elif text:
            add(meeting, box, text, due.get(box.key), now)


def add(meeting: Meeting, box: Box, text: str, due_on: datetime.date | None, now: datetime.datetime) -> None:
    owners = [member.person for member in meeting.partnership.members.all() if member.role == box.by]
    ActionPoint.objects.create(
        partnership_id=meeting.partnership_id,
        meeting=meeting,
        box=box.key,
        person=owners[0] if len(owners) == 1 else None,
        due_on=due_on,
        noted_at=now,
        kept=keep_words(meeting.partnership_id, what=text),
    )


def actions_of(partnership: Partnership) -> list[ActionPoint]:
    """All actions with their words, for a partner: open ones first, by the day they are due. One query."""
    found = partnership.action_points.select_related("kept__key", "person")
    return sorted(found, key=lambda point: (bool(point.done_at), point.due_on or datetime.date.max, point.noted_at))


def open_actions(partnership: Partnership) -> list[ActionPoint]:
    return [point for point in actions_of(partnership) if not point.done_at]


def due_of(meeting: Meeting) -> dict[str, Any]:
    """The days on which a meeting's actions are due, by the names of their form's fields."""
    points = meeting.action_points.exclude(box="").exclude(due_on=None)
    return {f"box_{box}_by": due_on for box, due_on in points.values_list("box", "due_on")}
