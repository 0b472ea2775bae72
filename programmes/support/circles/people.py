"""Joining a partnership of more than two, with dates (M5, M8)."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Member, Model, Participant, Partnership, PartnershipState
from programmes.queries import with_members

from .. import letters
from .sizes import SIZES, is_larger


@transaction.atomic
def join(partnership: Partnership, participant: Participant, *, by: Person, now: datetime.datetime) -> Member:
    """Let somebody join, or come back, in the role they take part in; the others are told.

    What was kept before today stays with those who were there, until each of them lets the newcomer read it.

    Refused for models of two, after the end, where the model has no more room, for somebody who is in it already, and
    for somebody who has no place free.
    """
    held = lock(partnership)
    if not is_larger(held.model):
        raise Refused("A pair stays a pair. Make a new match instead.")
    here = [member for member in held.members.all() if member.left_at is None]
    if any(member.person_id == participant.person_id for member in here):
        raise Refused(f"{participant.name} is in it already.")
    refuse_no_room(held, participant, here)
    member, _ = Member.objects.update_or_create(
        partnership=held,
        person=participant.person,
        defaults={
            "participant": participant,
            "role": participant.role,
            "slot": free_slot(participant),
            "live": True,
            "joined_at": now,
            "left_at": None,
            "reads_from": timezone.localdate(now),
        },
    )
    tell("joined", held, participant.person, [one.person for one in here], by=by, now=now)
    audit.record("member joined", on=held, by=by, at=now, person=str(participant.person))
    return member


def lock(partnership: Partnership) -> Partnership:
    locked = Partnership.objects.select_for_update(of=("self",)).select_related("programme__organisation")
    held = with_members(locked.filter(pk=partnership.pk)).get()
    if held.state == PartnershipState.ENDED:
        raise Refused("It has ended, so nobody joins or leaves any more.")
    return held


def refuse_no_room(partnership: Partnership, participant: Participant, here: list[Member]) -> None:
    most = SIZES[Model(partnership.model)].most(participant.role)
    if most is not None and sum(member.role == participant.role for member in here) >= most:
        word = participant.get_role_display().lower()
        raise Refused(f"It has {most} {word}{'s' if most > 1 else ''} already, the most that this model takes.")


def free_slot(participant: Participant) -> int:
    """The lowest place of theirs that is free. The database refuses two at once."""
    locked = Participant.objects.select_for_update().get(pk=participant.pk)
    taken = set(Member.objects.filter(participant=locked, live=True).values_list("slot", flat=True))
    free = next((slot for slot in range(1, locked.capacity + 1) if slot not in taken), None)
    if free is None:
        raise Refused(f"{participant.name} has no place free. Raise the number of partnerships they take first.")
    return free


def tell(
    change: str,
    partnership: Partnership,
    who: Person,
    others: list[Person],
    *,
    by: Person,
    now: datetime.datetime,
    **words: Any,
) -> None:
    """Tell the one concerned and everybody else that somebody joined or left."""
    for reader in [who, *others]:
        if reader != by:
            letters.tell(change, partnership, [reader], by=by, now=now, who=who, is_reader=reader == who, **words)
