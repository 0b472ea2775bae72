"""The day's one letter, for people who want everything in one: what is due to them by day is gathered into it."""

import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Count, QuerySet

from mentoring.accounts.clocks import today_of
from mentoring.accounts.models import ContactChannel
from mentoring.organisations import tenancy

from .letters import Letter, compose
from .models import Message, MessageState
from .promises import describe
from .rechecks import recheck, still_wanted

DIGEST = "digest"
FEWEST = 2  # letters that are worth gathering


def gather(organisation_id: UUID, now: datetime.datetime) -> int:
    """Put each person's due letters into one. Returns how many such letters were written.

    What is no longer wanted is left out. A letter that is alone goes by itself.
    """
    with tenancy.tenant(organisation_id):
        waiting = gatherable(now).values_list("to").annotate(many=Count("pk")).filter(many__gte=FEWEST)
        people = [person_id for person_id, _ in waiting]
    return sum(gather_for(organisation_id, person_id, now) for person_id in people)


def gatherable(now: datetime.datetime) -> QuerySet[Message]:
    """Queued letters of daylight whose time has come, to people who want one a day."""
    return Message.objects.filter(
        state=MessageState.QUEUED,
        by_day=True,
        due_at__lte=now,
        to__contact_channel=ContactChannel.DIGEST,
    ).exclude(kind=DIGEST)


def gather_for(organisation_id: UUID, person_id: UUID, now: datetime.datetime) -> int:
    """One person's letters, locked so that nobody sends one of them meanwhile. One digest for each programme."""
    with tenancy.tenant(organisation_id):
        due = gatherable(now).filter(to=person_id).select_related("to", "signed_by")
        locked = list(due.order_by("programme_id", "due_at", "pk").select_for_update(skip_locked=True, of=("self",)))
        wanted = [message for message in locked if still_wanted(message)]
        programmes = [list(those) for _, those in groupby(wanted, key=lambda message: message.programme_id)]
        return sum(write_digest(those, now) for those in programmes if len(those) >= FEWEST)


def write_digest(parts: list[Message], now: datetime.datetime) -> int:
    """One letter with these in it; each of them is then gathered, not sent."""
    first = parts[0]
    assert first.to is not None
    day = today_of(first.to, now)
    digest = Message.objects.create(
        kind=DIGEST,
        key=f"{DIGEST}|{first.to.pk}|{day}|{first.pk}",
        **describe(letter_of(parts), to=first.to, signed_by=first.signed_by, by_day=True)
        | {
            "programme_id": first.programme_id,
            "meetings_of": sorted({partnership for part in parts for partnership in part.meetings_of}),
            "due_at": first.due_at,
        },
    )
    ids = [part.pk for part in parts]
    Message.objects.filter(pk__in=ids).update(state=MessageState.GATHERED, gathered_in=digest)
    return 1


def letter_of(parts: list[Message]) -> Letter:
    """All of them under their own headings, with one greeting."""
    return compose(
        "emails/digest.txt",
        {
            "reader": parts[0].to,
            "count": len(parts),
            "parts": [(part.subject, without_greeting(part.body)) for part in parts],
        },
    )


def without_greeting(body: str) -> str:
    """A letter's paragraphs but for "Dear Sam,"."""
    first, _, rest = body.strip().partition("\n\n")
    return rest.strip() if first.startswith("Dear ") and rest else body.strip()


@recheck(DIGEST)
def is_wanted(message: Message) -> bool:
    """While anything in it is."""
    return any(still_wanted(part) for part in message.gathered.select_related("to"))
