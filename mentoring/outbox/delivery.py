"""Keeping promises: taking due messages by a lease, sending them, and trying again when sending fails.

The row is the truth and Celery only a doorbell; the same drain runs from a command without any broker. A message is
taken in one short transaction, sent outside any, and marked in another. When a worker dies in between, the lease runs
out and the message goes again with the same Message-ID.
"""

import datetime
import logging
from uuid import UUID

from django.core.mail import get_connection
from django.db import connection, transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation

from .digest import gather
from .mail import build
from .models import Due, Message, MessageState
from .quiet import when_welcome
from .rechecks import still_wanted

log = logging.getLogger(__name__)

LEASE = datetime.timedelta(minutes=3)  # longer than EMAIL_TIMEOUT, so that nobody else sends what is being sent
ENOUGH = LEASE / 2  # what must be left of a lease when its message's turn in the batch comes
BATCH = 20
LONGEST_WAIT = datetime.timedelta(hours=1)
GIVE_UP_AFTER = datetime.timedelta(hours=24)


def drain(now: datetime.datetime | None = None) -> int:
    """Send everything that is due, for every organisation that has something. Returns how many were sent."""
    return sum(drain_organisation(pk, now) for pk in organisations_due(now or timezone.now()))


def organisations_due(now: datetime.datetime) -> list[UUID]:
    return list(Due.objects.filter(next_due_at__lte=now).order_by("next_due_at").values_list("pk", flat=True))


def drain_organisation(organisation_id: UUID, now: datetime.datetime | None = None) -> int:
    """Send what one organisation has due, a batch at a time, then note when it is next due."""
    sent = 0
    gather(organisation_id, now or timezone.now())
    while batch := take(organisation_id, now or timezone.now()):
        sent += sum(deliver(organisation_id, message) for message in batch)
    settle(organisation_id)
    return sent


def take(organisation_id: UUID, now: datetime.datetime) -> list[Message]:
    """Lease up to a batch of due messages. Two workers never take the same one."""
    with tenancy.tenant(organisation_id):
        due = list(takeable(now).order_by("due_at").select_for_update(skip_locked=True, of=("self",))[:BATCH])
        for message in due:
            message.state, message.leased_until = MessageState.LEASED, now + LEASE
            message.attempts += 1
            message.save(update_fields=["state", "leased_until", "attempts"])
        return due


def takeable(now: datetime.datetime) -> QuerySet[Message]:
    """Messages whose time has come: queued, or leased by somebody who never came back. No upper age."""
    return Message.objects.filter(due_at__lte=now).filter(
        Q(state=MessageState.QUEUED) | Q(state=MessageState.LEASED, leased_until__lt=now)
    )


def deliver(organisation_id: UUID, message: Message) -> bool:
    """Send one leased message unless it is no longer wanted. True when it was sent.

    With a slow server a batch may outlast its lease: what is left of it then goes to whoever takes it next.
    """
    with tenancy.tenant(organisation_id):
        held = Message.objects.select_related("to", "signed_by").get(pk=message.pk)
        if not is_ours(held, message.leased_until):
            return False
        if not still_wanted(held):
            return finish(held, message.leased_until, state=MessageState.CANCELLED, sent=False)
        if (welcome := when_to_send(held)) > timezone.now():
            return put_off(held, message.leased_until, welcome)
        mail = build(held, Organisation.objects.get(pk=organisation_id))
    try:
        mail.connection = get_connection()
        mail.send()
    except Exception as error:
        log.warning("message %s could not be sent: %s", message.pk, type(error).__name__)
        with tenancy.tenant(organisation_id):
            return put_back(held, message.leased_until, error)
    with tenancy.tenant(organisation_id):
        return finish(held, message.leased_until, state=MessageState.SENT, sent=True)


def is_ours(held: Message, lease: datetime.datetime | None) -> bool:
    """Whether nobody else has taken the message, and nobody will while it is being sent."""
    is_leased = held.state == MessageState.LEASED and held.leased_until == lease
    return is_leased and lease is not None and lease - timezone.now() > ENOUGH


def when_to_send(message: Message) -> datetime.datetime:
    """Now, or the morning: what should arrive by day may have been held up, and its reader may have asked for a pause."""
    now = timezone.now()
    return when_welcome(now, message.to) if message.by_day and message.to else now


def put_off(message: Message, lease: datetime.datetime | None, until: datetime.datetime) -> bool:
    """Queue a message for a better hour, if our lease still holds. It has not been tried."""
    Message.objects.filter(pk=message.pk, state=MessageState.LEASED, leased_until=lease).update(
        state=MessageState.QUEUED, leased_until=None, due_at=until, attempts=message.attempts - 1
    )
    return False


def finish(message: Message, lease: datetime.datetime | None, *, state: MessageState, sent: bool) -> bool:
    """Mark a message as done, if our lease still holds."""
    Message.objects.filter(pk=message.pk, state=MessageState.LEASED, leased_until=lease).update(
        state=state, leased_until=None, last_error="", sent_at=timezone.now() if sent else None
    )
    return sent


def put_back(message: Message, lease: datetime.datetime | None, error: Exception) -> bool:
    """Queue a message again after a growing wait; after a day of trying it has failed, and its co-ordinator sees it."""
    now = timezone.now()
    gone = now - message.created_at > GIVE_UP_AFTER and message.attempts > 5
    Message.objects.filter(pk=message.pk, state=MessageState.LEASED, leased_until=lease).update(
        state=MessageState.FAILED if gone else MessageState.QUEUED,
        leased_until=None,
        due_at=now + wait_after(message.attempts),
        last_error=f"{type(error).__name__}: {error}"[:500],
    )
    return False


def wait_after(attempts: int) -> datetime.timedelta:
    """1, 2, 4 … minutes, at most an hour."""
    return min(datetime.timedelta(minutes=2 ** (min(attempts, 10) - 1)), LONGEST_WAIT)


def settle(organisation_id: UUID) -> None:
    """Note when this organisation is next due, or that it is not. The row's lock keeps a new promise from being missed."""
    with tenancy.tenant(organisation_id), transaction.atomic():
        noted = Due.objects.select_for_update().filter(pk=organisation_id).first()
        if noted is None:
            return
        waiting = Message.objects.filter(state__in=[MessageState.QUEUED, MessageState.LEASED])
        next_due = waiting.aggregate(queued=Min("due_at", filter=Q(state="queued")), leased=Min("leased_until"))
        times = [time for time in next_due.values() if time]
        if times:
            Due.objects.filter(pk=noted.pk).update(next_due_at=min(times))
        else:
            noted.delete()


def ring_after_commit() -> None:
    """Ask a worker to look, once this transaction is committed; once per transaction. Nothing is lost if nobody hears."""
    if not any(function is ring_the_bell for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(ring_the_bell, robust=True)


def ring_the_bell() -> None:
    from .tasks import ring

    try:
        ring.delay()
    except Exception as error:  # any broker's trouble: the beat looks again within a minute
        log.warning("the outbox's bell did not ring: %s", type(error).__name__)
