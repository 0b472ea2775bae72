"""Letting somebody who joined later read what was kept before: each who was there says so for themselves (decision 24)."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Member, Partnership

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
def share(partnership: Partnership, newcomer: Person, *, by: Person, now: datetime.datetime) -> bool:
    """Let a newcomer read what was kept before. Once all who were there have said so, it is theirs to read.

    Returns whether it is now. What was kept while somebody was there who has left stays closed: nobody can ask them.
    Refused for somebody who was not there before, where nothing is closed to them, and after the end.
    """
    held = lock(partnership)
    members = list(held.members.all())
    theirs = next(member for member in members if member.person_id == newcomer.pk)
    if theirs.reads_from is None:
        raise Refused(f"{newcomer.first_name} can read all of it already.")
    before = [member for member in members if was_there_before(member, theirs)]
    if by.pk not in {member.person_id for member in before}:
        raise Refused("Only those who were there before can share what was kept then.")
    Sharing.objects.update_or_create(partnership=held, newcomer=theirs, person=by, defaults={"at": now})
    audit.record("what was kept before is shared", on=held, by=by, at=now, with_whom=str(theirs.person))
    said: Any = set(Sharing.objects.filter(newcomer=theirs, at__gte=theirs.joined_at).values_list("person", flat=True))
    if not {member.person_id for member in before} <= said:
        return False
    theirs.reads_from = opens_from(members, theirs)
    theirs.save(update_fields=["reads_from"])
    return True


def opens_from(members: list[Member], newcomer: Member) -> datetime.date | None:
    """The day after the last of those who left before the newcomer came; none where nobody did."""
    left = [timezone.localdate(member.left_at) for member in members if member.left_at and member != newcomer]
    return min(max(left) + DAY, newcomer.reads_from or max(left) + DAY) if left else None
