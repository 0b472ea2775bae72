"""Letting somebody who joined later read what was kept before: each who was there says so for themselves (decision 24)."""

import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.refusal import Refused
from programmes.models import Member, Partnership

from .. import letters
from ..models import Sharing
from .people import lock

DAY = datetime.timedelta(days=1)


def was_there_before(member: Member, newcomer: Member) -> bool:
    """Whether somebody who is in it now was there before this newcomer."""
    return member.left_at is None and member != newcomer and member.joined_at < newcomer.joined_at


def newcomers(partnership: Partnership, person: Person) -> list[Member]:
    """Those who joined after this person and whom this person has not let read the earlier yet. One query."""
    members = partnership.ordered_members()
    own = next((member for member in members if member.person_id == person.pk), None)
    if own is None:
        return []
    shared = dict(Sharing.objects.filter(partnership=partnership, person=person).values_list("newcomer", "at"))
    late = [member for member in members if member.reads_from and not member.left_at and was_there_before(own, member)]
    return [member for member in late if member.pk not in shared or shared[member.pk] < member.joined_at]


@transaction.atomic
def share(partnership: Partnership, newcomer: Person, *, by: Person, now: datetime.datetime) -> None:
    """Let a newcomer read what was kept before. Once all who were there have said so, it is theirs to read.

    Refused for somebody who was not there before, where nothing is closed to them, and after the end.
    """
    held = lock(partnership)
    members = list(held.members.all())
    theirs = next(member for member in members if member.person_id == newcomer.pk)
    if theirs.reads_from is None:
        raise Refused(f"{newcomer.first_name} can read all of it already.")
    if by.pk not in {member.person_id for member in members if was_there_before(member, theirs)}:
        raise Refused("Only those who were there before can share what was kept then.")
    say_shared(held, theirs, by=by, now=now)
    open_what_is_shared(held, by=by, now=now)


def say_shared(partnership: Partnership, newcomer: Member, *, by: Person, now: datetime.datetime) -> None:
    """Keep that somebody who was there lets a newcomer read what was kept then."""
    Sharing.objects.update_or_create(partnership=partnership, newcomer=newcomer, person=by, defaults={"at": now})
    audit.record("what was kept before is shared", on=partnership, by=by, at=now, with_whom=str(newcomer.person))


def open_what_is_shared(partnership: Partnership, *, by: Person, now: datetime.datetime) -> None:
    """Let newcomers read what all who were there have shared, and tell them. Asked whenever somebody shares or leaves.

    Whoever has left counts as they said while they were there: without it, what was kept until they left stays closed.
    """
    members = list(partnership.members.all())
    for newcomer in members:
        if newcomer.left_at is None and newcomer.reads_from:
            before = {member.person_id for member in members if was_there_before(member, newcomer)}
            said = who_shared(newcomer)
            opens = opens_from(newcomer, said) if said and before <= said else newcomer.reads_from
            if opens != newcomer.reads_from:
                newcomer.reads_from = opens
                newcomer.save(update_fields=["reads_from"])
                letters.tell("shared", partnership, [newcomer.person], by=by, now=now)


def who_shared(newcomer: Member) -> set[UUID]:
    """Those who have let this newcomer read what was kept before, since they joined.

    Asked as the newcomer: the database tells it to members alone, and it may be a co-ordinator who takes somebody out.
    """
    found = Sharing.objects.filter(newcomer=newcomer, at__gte=newcomer.joined_at)
    with tenancy.tenant(newcomer.organisation_id, newcomer.person):
        return set(found.values_list("person", flat=True))


def opens_from(newcomer: Member, said: set[UUID]) -> datetime.date | None:
    """The day after the last of those left who were there before and did not share it; none where nobody did.

    Read from the history of members, where those stand too who left and came back.
    """
    gone = Member.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        partnership_id=newcomer.partnership_id, joined_at__lt=newcomer.joined_at, left_at__isnull=False
    )
    left = gone.exclude(person__in={*said, newcomer.person_id}).values_list("left_at", flat=True)
    day = max((timezone.localdate(at) + DAY for at in left), default=None)
    return day and min(day, newcomer.reads_from or day)
