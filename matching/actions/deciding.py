"""What the co-ordinator decides about pairs: locked, parted, never."""

import datetime

from django.db import transaction

from matching.models import Exclusion, ExclusionReason, Proposal, Round
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Model, Participant, Programme

from .holding import hold
from .running import run_round


@transaction.atomic
def lock_pair(proposal: Proposal, *, by: Person, now: datetime.datetime, locked: bool) -> Proposal:
    """Keep these people together in later rounds, or let them be open again. Refused once the round is confirmed."""
    hold(proposal.round)
    if not proposal.is_match:
        raise Refused("There is nothing to lock: nobody has been found for this person yet.")
    proposal.is_locked = locked
    proposal.save(update_fields=["is_locked"])
    audit.record("pair locked" if locked else "pair unlocked", on=proposal, by=by, at=now)
    return proposal


@transaction.atomic
def exclude_pair(
    proposal: Proposal,
    *,
    by: Person,
    now: datetime.datetime,
    two: tuple[Participant, Participant] | None = None,
    reason: str = ExclusionReason.JUDGEMENT,
) -> Round:
    """Not these two: remembered for this programme. Everybody else's match is found anew.

    `two` says which, where more than two come together; the rest of a locked group stays locked. A mentor who is parted
    from one of a team is parted from all of it.
    """
    round = hold(proposal.round)
    if two is None and len(proposal.people) != 2:
        raise Refused("Say which two are not to be matched.")
    first, second = two or proposal.people
    mates = proposal.mentees if round.programme.model == Model.TEAM else [first]
    for mentee in mates:
        add_exclusion(round.programme, mentee, second, reason=reason, by=by, now=now)
    return run_round(round.programme, by=by, now=now)


@transaction.atomic
def add_exclusion(
    programme: Programme, mentee: Participant, mentor: Participant, *, reason: str, by: Person, now: datetime.datetime
) -> Exclusion:
    """Note that these two are never to be matched. Saying it twice changes nothing. Refused for one person and themselves."""
    if mentee.person_id == mentor.person_id:
        raise Refused("This is one and the same person, who is never matched with themselves.")
    exclusion, created = Exclusion.objects.get_or_create(
        mentee=mentee, mentor=mentor, defaults={"programme": programme, "reason": reason, "made_by": by, "made_at": now}
    )
    if created:
        audit.record("pair excluded", on=exclusion, by=by, at=now, reason=reason)
    return exclusion


@transaction.atomic
def remove_exclusion(exclusion: Exclusion, *, by: Person, now: datetime.datetime) -> None:
    """These two may be matched again."""
    audit.record("pair allowed again", on=exclusion, by=by, at=now)
    exclusion.delete()
