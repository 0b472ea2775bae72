"""Promising what is due, a batch of partnerships at a time."""

import datetime
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring import audit, outbox
from mentoring.accounts.clocks import today_of, zone
from mentoring.accounts.models import Person
from mentoring.outbox.models import Message, MessageState
from mentoring.outbox.rechecks import recheck
from mentoring.outbox.sweeps import Swept, sweeps
from programmes.models import Member, Model, Partnership, Programme, ProgrammeState, Reading
from programmes.outlook import put_back, take
from programmes.queries import contact_of, with_members
from programmes.support.health import Signs
from programmes.support.queries import signs_of, with_signs

from .dated import dated, with_dates
from .upcoming import BY_EACH, OF_A_PLAN, OF_MEETINGS, Kind, Prompt, upcoming
from .wording import compose, readers_of, wording_of

log = logging.getLogger(__name__)

LATER = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Promise:
    """One letter to one reader, named by what it promises."""

    partnership: Partnership
    signs: Signs
    prompt: Prompt
    reader: Member
    is_only_one: bool

    @property
    def is_kept_from_coordinators(self) -> bool:
        """Whether only the partners may read it: then nobody else could let it go either."""
        return self.partnership.reading == Reading.NOTHING and self.prompt.kind in OF_MEETINGS

    @property
    def key(self) -> str:
        key = f"{self.prompt.kind}|{self.partnership.pk}|{self.prompt.about}"
        return key if self.is_only_one else f"{key}|{self.reader.person_id}"


@sweeps("partnerships")
def promise_due(now: datetime.datetime, limit: int) -> Swept:
    """Promise what is due of the partnerships whose time to be looked at has come, and note when to look again.

    Two workers never look at the same one. A change that comes meanwhile has it looked at once more. One that cannot be
    worked out keeps no other from its letters: it is looked at again in an hour.
    """
    taken = take(now, limit)
    if not taken:
        return Swept()
    try:
        with transaction.atomic():
            promised = promise_for(taken, now)
    except Exception:
        promised = sum(promise_alone(partnership_id, silent_on, now) for partnership_id, silent_on in taken.items())
    return Swept(promised, more=len(taken) == limit)


def promise_alone(partnership_id: UUID, silent_on: datetime.date | None, now: datetime.datetime) -> int:
    try:
        with transaction.atomic():
            return promise_for({partnership_id: silent_on}, now)
    except Exception:
        log.exception("reminders of partnership %s were not computed", partnership_id)
        put_back({partnership_id: (now + LATER, silent_on)})
        return 0


def promise_for(taken: Mapping[UUID, datetime.date | None], now: datetime.datetime) -> int:
    """Promise what is due of these partnerships. Returns how many letters are new."""
    promises = [one for partnership in load(taken) for one in promises_of(partnership)]
    due = [one for one in promises if one.prompt.is_due(today_of(one.reader.person, now))]
    promised, later = write(due, now), next_moments(promises, now)
    silent = dict(taken) | {one.partnership.pk: one.prompt.about for one in due if one.prompt.kind == Kind.CONTACT}
    put_back({partnership_id: (later.get(partnership_id), silent[partnership_id]) for partnership_id in taken})
    return promised


def load(ids: Iterable[UUID]) -> list[Any]:
    """Partnerships with all that reminders are read from, in a few queries however many they are."""
    chosen = Partnership.objects.filter(pk__in=list(ids)).select_related("next_look")
    found = list(with_dates(with_members(with_signs(chosen))))
    programmes = (
        Programme.objects.select_related("organisation")
        .defer("organisation__logo")
        .in_bulk({partnership.programme_id for partnership in found})
    )
    for partnership in found:
        partnership.programme = programmes[partnership.programme_id]
    note_what_was_written(found)
    return found


def note_what_was_written(partnerships: list[Any]) -> None:
    """On each, the first day of the silence that a letter was written about last, unless that letter was cancelled.

    Asked by whole keys: through row-level security PostgreSQL uses an index for what is equal, not for ranges of words.
    """
    keys = {
        key: partnership
        for partnership in partnerships
        if partnership.next_look.silent_on
        for key in contact_keys(partnership, partnership.next_look.silent_on)
    }
    written = Message.objects.filter(kind=Kind.CONTACT, key__in=list(keys)).exclude(state=MessageState.CANCELLED)
    about = {keys[key].pk for key in written.values_list("key", flat=True)} if keys else set()
    for partnership in partnerships:
        partnership.written_for = partnership.next_look.silent_on if partnership.pk in about else None


def contact_keys(partnership: Partnership, silent_on: datetime.date) -> list[str]:
    """What a letter about this silence may be called, to one reader or to each."""
    key = f"{Kind.CONTACT}|{partnership.pk}|{silent_on}"
    return [key, *(f"{key}|{member.person_id}" for member in partnership.members.all())]


def promises_of(partnership: Any) -> list[Promise]:
    """Every letter that a partnership has ahead of it or due; none once its programme is closed."""
    if partnership.programme.state == ProgrammeState.CLOSED:
        return []
    signs = signs_of(partnership)
    waits = wording_of(partnership.programme, Kind.CONTACT).after_days
    found = []
    for prompt in [*upcoming(signs, partnership.starts_on, waits), *dated(partnership, signs)]:
        if prompt.kind == Kind.CONTACT and is_answered(partnership, signs, prompt):
            continue
        if partnership.model == Model.SPOT and prompt.kind not in OF_A_PLAN:  # one or two contacts, and no rhythm (M4)
            continue
        readers = readers_of(partnership, prompt)
        is_only_one = len(readers) == 1 and prompt.kind not in BY_EACH
        found += [Promise(partnership, signs, prompt, reader, is_only_one) for reader in readers]
    return found


def is_answered(partnership: Any, signs: Signs, prompt: Prompt) -> bool:
    """Whether this silence was written about before, under the date that another rhythm gave it.

    A silence lasts from the last meeting to the next. A letter that was cancelled answers the day it was written for,
    and no later one.
    """
    written_for = partnership.written_for
    return written_for is not None and signs.counts_from < written_for != prompt.about


def write(due: list[Promise], now: datetime.datetime) -> int:
    """Promise letters that were not promised before. Returns how many."""
    there = Message.objects.filter(kind__in={one.prompt.kind for one in due}, key__in=[one.key for one in due])
    before = set(there.values_list("key", flat=True))
    new = list({one.key: one for one in due if one.key not in before}.values())
    signers: dict[UUID, Person | None] = {}
    for one in new:
        if one.partnership.programme_id not in signers:
            signers[one.partnership.programme_id] = contact_of(one.partnership.programme)
    outbox.write_all(
        (
            compose(one.partnership, one.signs, one.prompt, one.reader),
            {
                "to": one.reader.person,
                "kind": one.prompt.kind.value,
                "key": one.key,
                "programme": one.partnership.programme,
                "meetings_of": one.partnership if one.prompt.kind in OF_MEETINGS else None,
                "signed_by": signers[one.partnership.programme_id],
                "draft": one.partnership.programme.sends_drafts and not one.is_kept_from_coordinators,
                "by_day": True,
                "due_at": now,
            },
        )
        for one in new
    )
    said = {(one.partnership, one.prompt): None for one in new}
    audit.record_each(
        "reminder written",
        ((partnership, {"of": prompt.kind, "about": str(prompt.about)}) for partnership, prompt in said),
        by=None,
        at=now,
    )
    return len(new)


def next_moments(promises: list[Promise], now: datetime.datetime) -> dict[UUID, datetime.datetime]:
    """For each partnership, when the first day begins, where its reader is, on which something will be due."""
    later: dict[UUID, datetime.datetime] = {}
    for one in promises:
        begins = datetime.datetime.combine(
            one.prompt.due_on, datetime.time.min, tzinfo=zone(one.reader.person.time_zone)
        )
        if begins > now:
            later[one.partnership.pk] = min(begins, later.get(one.partnership.pk, begins))
    return later


def still_wanted(message: Message) -> bool:
    """Asked just before sending: not if they have met since, rest or have ended, or the reader has left."""
    reader = message.to
    if reader is None:
        return False
    today = today_of(reader, timezone.now())
    return any(
        one.key == message.key and one.reader.person_id == reader.pk and one.prompt.is_due(today)
        for partnership in load([UUID(message.key.split("|")[1])])
        for one in promises_of(partnership)
    )


for kind in Kind:
    recheck(kind.value)(still_wanted)
