"""Promising a message, and letting drafts go."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.tenancy import current_organisation_id
from mentoring.refusal import Refused

from .delivery import ring_after_commit
from .letters import Letter, unveil
from .models import Message, MessageState
from .promises import describe


@transaction.atomic
def write(letter: Letter, *, kind: str, key: str, **promise: Any) -> Message:
    """Promise a message in the caller's transaction. The same (kind, key) again returns the message promised first.

    See `describe` for what else a promise may say.
    """
    message, created = Message.objects.get_or_create(kind=kind, key=key, defaults=describe(letter, **promise))
    if created and message.state == MessageState.QUEUED:
        announce(message.due_at)
    return message


@transaction.atomic
def write_all(promises: Iterable[tuple[Letter, dict[str, Any]]]) -> None:
    """Promise many messages at once, each a letter and what `write` takes. Those promised before stay as they are."""
    messages = [
        Message(kind=promise["kind"], key=promise["key"], **describe(letter, **without_name(promise)))
        for letter, promise in promises
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    due = [message.due_at for message in messages if message.state == MessageState.QUEUED]
    if due:
        announce(min(due))


def without_name(promise: dict[str, Any]) -> dict[str, Any]:
    """What a promise says besides its kind and key."""
    return {word: value for word, value in promise.items() if word not in ("kind", "key")}


@transaction.atomic
def edit_draft(message: Message, *, subject: str, body: str) -> Message:
    """Change the words of a message that waits to be read. Refused once it has been released.

    body: with buttons as `veil` shows them; they keep their addresses.
    """
    message = lock(message, MessageState.DRAFT)
    message.subject, message.body = subject, unveil(body, message.body)
    message.save(update_fields=["subject", "body"])
    return message


@transaction.atomic
def release(messages: QuerySet[Message], *, by: Person, now: datetime.datetime) -> int:
    """Let drafts go, together. Returns how many; those released or cancelled meanwhile are left alone."""
    drafts = list(messages.filter(state=MessageState.DRAFT).select_for_update(of=("self",)))
    for draft in drafts:
        draft.state, draft.due_at = MessageState.QUEUED, max(draft.due_at, now)
        draft.save(update_fields=["state", "due_at"])
        audit.record("message released", on=draft, by=by, at=now, kind=draft.kind)
    if drafts:
        announce(min(draft.due_at for draft in drafts))
    return len(drafts)


@transaction.atomic
def hasten(messages: QuerySet[Message], *, by: Person, now: datetime.datetime) -> int:
    """Let queued messages go at once that would go later. Returns how many."""
    later = list(messages.filter(state=MessageState.QUEUED, due_at__gt=now).select_for_update(of=("self",)))
    for message in later:
        message.due_at = now
        message.save(update_fields=["due_at"])
        audit.record("message let go at once", on=message, by=by, at=now, kind=message.kind)
    if later:
        announce(now)
    return len(later)


@transaction.atomic
def cancel(message: Message, *, by: Person, now: datetime.datetime) -> Message:
    """Decide that a message will not be sent. Refused once it is on its way."""
    message = lock(message, MessageState.DRAFT, MessageState.QUEUED, MessageState.FAILED)
    message.state = MessageState.CANCELLED
    message.save(update_fields=["state"])
    audit.record("message cancelled", on=message, by=by, at=now, kind=message.kind)
    return message


@transaction.atomic
def try_again(message: Message, *, by: Person, now: datetime.datetime) -> Message:
    """Queue a failed message once more."""
    message = lock(message, MessageState.FAILED)
    message.state, message.due_at, message.attempts = MessageState.QUEUED, now, 0
    message.save(update_fields=["state", "due_at", "attempts"])
    audit.record("message queued again", on=message, by=by, at=now, kind=message.kind)
    announce(now)
    return message


def lock(message: Message, *states: MessageState) -> Message:
    """The row as it is now, held until the transaction ends. Refused unless it is in one of these states."""
    held = Message.objects.select_for_update().get(pk=message.pk)
    if held.state not in states:
        raise Refused(f"This message has changed meanwhile: {held.get_state_display().lower()}.")
    return held


def stop_optional_mail(person_id: UUID) -> None:
    """Send this person nothing that is optional. Asked by the signed link in a message to them."""
    with tenancy.visitor(person_id):
        Person.objects.filter(pk=person_id).update(optional_mail=False)


def pause_reminders(person_id: UUID, *, until: datetime.date) -> None:
    """Keep reminders back until this day. Asked by the signed link in a message to them."""
    with tenancy.visitor(person_id):
        Person.objects.filter(pk=person_id).update(paused_until=until)


def announce(due_at: datetime.datetime) -> None:
    """Note that the running organisation has something to send at this time, or earlier than was noted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into outbox_due as noted (organisation_id, next_due_at) values (%s, %s) on conflict (organisation_id) "
            "do update set next_due_at = excluded.next_due_at where noted.next_due_at > excluded.next_due_at",
            [current_organisation_id(), due_at],
        )
    ring_after_commit()
