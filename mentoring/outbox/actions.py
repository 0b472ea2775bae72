"""Promising a message, and letting drafts go."""

import datetime
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.tenancy import current_organisation_id

from .letters import Letter
from .models import Message, MessageState


@transaction.atomic
def write(
    letter: Letter,
    *,
    to: Person | str,
    kind: str,
    key: str,
    programme: Any = None,
    signed_by: Person | None = None,
    draft: bool = False,
    optional: bool = False,
    due_at: datetime.datetime | None = None,
) -> Message:
    """Promise a message in the caller's transaction. The same (kind, key) again returns the message promised first."""
    message, created = Message.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "programme_id": programme.pk if programme else None,
            "to": to if isinstance(to, Person) else None,
            "address": to.email if isinstance(to, Person) else to,
            "name": to.name if isinstance(to, Person) else "",
            "signed_by": signed_by,
            "subject": letter.subject,
            "body": letter.body,
            "optional": optional,
            "state": MessageState.DRAFT if draft else MessageState.QUEUED,
            "due_at": due_at or timezone.now(),
            "message_id": make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")),
        },
    )
    if created and message.state == MessageState.QUEUED:
        announce(message.due_at)
    return message


def announce(due_at: datetime.datetime) -> None:
    """Note that the running organisation has something to send at this time, or earlier than was noted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into outbox_due as noted (organisation_id, next_due_at) values (%s, %s) on conflict (organisation_id) "
            "do update set next_due_at = excluded.next_due_at where noted.next_due_at > excluded.next_due_at",
            [current_organisation_id(), due_at],
        )
