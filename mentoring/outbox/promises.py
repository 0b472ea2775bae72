"""What a promise of a message may say."""

import datetime
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.utils import timezone

from mentoring.accounts.models import Person

from .letters import Letter
from .models import MessageState
from .quiet import when_promised


def describe(
    letter: Letter,
    *,
    to: Person | str,
    programme: Any = None,
    meetings_of: Any = None,
    signed_by: Person | None = None,
    draft: bool = False,
    optional: bool = False,
    by_day: bool = False,
    due_at: datetime.datetime | None = None,
) -> dict[str, Any]:
    """The fields of a message: to a person or an address, waiting to be read (`draft`) or queued for `due_at`.

    `meetings_of`: the partnership of whose meetings it tells, which may keep them to itself. `by_day`: a reminder, which is optional, and waits for a decent hour where its reader is.
    """
    due_at = due_at or timezone.now()
    return {
        "programme_id": programme.pk if programme else None,
        "meetings_of": [meetings_of.pk] if meetings_of else [],
        "to": to if isinstance(to, Person) else None,
        "address": to.email if isinstance(to, Person) else to,
        "name": to.name if isinstance(to, Person) else "",
        "signed_by": signed_by,
        "subject": letter.subject,
        "body": letter.body,
        "calendar": letter.calendar,
        "optional": optional or by_day,
        "by_day": by_day,
        "state": MessageState.DRAFT if draft else MessageState.QUEUED,
        "due_at": when_promised(due_at, to) if by_day and isinstance(to, Person) else due_at,
        "message_id": make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")),
    }
