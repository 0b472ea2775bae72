"""Reminders to sign: 3, 7 and 14 days after an agreement was got ready to whoever has not signed, then to the co-ordinators.

They are computed, not scheduled. A sweep asks which versions wait and promises what is due; a promise is named after the
version, the person and the day it counts, so that a second sweep, or one that comes late, changes nothing. Somebody whom
a late sweep finds after several of these days gets one letter, not three.
"""

import datetime
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentoring import audit
from mentoring.outbox.models import Message
from mentoring.outbox.rechecks import recheck
from mentoring.outbox.sweeps import Swept, sweeps
from mentoring.wording import listed
from programmes.models import LIVE_STATES, Partnership
from programmes.queries import coordinators_of

from . import letters, queries
from .models import AgreementState, Version

DAYS = (3, 7, 14)  # after the version was made
FOR_COORDINATORS = 21
FORGOTTEN = datetime.timedelta(days=90)  # after which no letter is of use
REMINDER, UNSIGNED = "agreement_reminder", "agreement_unsigned"


@sweeps("signatures")
def promise_due(now: datetime.datetime, limit: int) -> Swept:
    """Promise the letters about versions that wait for a signature; those promised before stay as they are."""
    waiting = waiting_versions(now).values_list("agreement__partnership", flat=True)
    return Swept(sum(remind(partnership_id, now=now) for partnership_id in waiting))


def waiting_versions(now: datetime.datetime) -> QuerySet[Version]:
    """Versions that have waited for a signature since the first of the days or longer, and not for ever."""
    return Version.objects.filter(
        voided_at=None,
        made_at__lte=now - datetime.timedelta(days=DAYS[0]),
        made_at__gt=now - FORGOTTEN,
        agreement__state=AgreementState.SIGNING,
        agreement__partnership__state__in=LIVE_STATES,
    )


@transaction.atomic
def remind(partnership_id: UUID, *, now: datetime.datetime) -> int:
    """Promise what is due for one partnership, if its agreement still waits. Returns how many letters that were."""
    partnership = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership_id)
    version = queries.version_offered(partnership)
    day = last_day(version.made_at, now) if version and partnership.is_live else None
    if version is None or day is None:
        return 0
    promised = sum(promise(version, partnership, day, now))
    if promised:
        audit.record("reminder to sign written", on=version.agreement, by=None, at=now, day=day, letters=promised)
    return promised


def promise(version: Version, partnership: Partnership, day: int, now: datetime.datetime) -> Iterator[bool]:
    """Write the letters of this day, and say of each whether it is new. They wait for a decent hour."""
    waiting = queries.yet_to_sign(partnership, queries.signatures_under(version))
    if day in DAYS:
        for member in waiting:
            yield letters.send("reminder", partnership, member.person, key=f"{version.pk}|day {day}", by_day=now)
        return
    names = listed([str(member.person) for member in waiting])
    said: dict[str, Any] = {
        "names": str(partnership),
        "missing": names,
        "count": len(waiting),
        "ready_on": version.made_at,
    }
    for person in coordinators_of(partnership.programme):
        yield letters.send("unsigned", partnership, person, key=str(version.pk), by_day=now, **said)


def last_day(
    since: datetime.datetime, now: datetime.datetime, days: tuple[int, ...] = (*DAYS, FOR_COORDINATORS)
) -> int | None:
    """The latest of the days that has come."""
    waited = (timezone.localdate(now) - timezone.localdate(since)).days
    return max((day for day in days if day <= waited), default=None)


@recheck(REMINDER)
def still_to_sign(message: Message) -> bool:
    """Asked just before sending: not to somebody who has signed meanwhile, nor for a version that is no longer offered."""
    version = version_of(message, AgreementState.SIGNING, AgreementState.ACTIVE)
    if version is None or message.to is None:
        return False
    partnership = version.agreement.partnership
    return any(
        member.person_id == message.to.pk
        for member in queries.yet_to_sign(partnership, queries.signatures_under(version))
    )


@recheck(UNSIGNED)
def still_unsigned(message: Message) -> bool:
    """Asked just before sending: not once everybody has signed, nor for a version that is no longer offered."""
    return version_of(message, AgreementState.SIGNING) is not None


def version_of(message: Message, *states: AgreementState) -> Version | None:
    """The version that a reminder is about, while its agreement is in one of these states in a partnership that goes on."""
    found = Version.objects.filter(
        pk=message.key.split("|")[1],
        voided_at=None,
        agreement__state__in=states,
        agreement__partnership__state__in=LIVE_STATES,
    )
    return found.select_related("agreement__partnership").first()
