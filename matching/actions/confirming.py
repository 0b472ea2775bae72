"""Confirming a round: proposals become partnerships, and each partner is told."""

import datetime

from django.db import IntegrityError, transaction

from matching.models import Proposal, Round, RoundState
from matching.queries import free_slot, letter_key, matches_of
from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.refusal import Refused
from programmes.models import Member, Participant, Partnership, Programme

from .holding import hold

TIME_TO_UNDO = datetime.timedelta(minutes=10)


@transaction.atomic
def confirm_round(round: Round, *, by: Person, now: datetime.datetime) -> list[Partnership]:
    """Make the proposed pairs partnerships, and promise each partner a message. All of them, or none.

    The messages leave after TIME_TO_UNDO, or when a co-ordinator has read them, where the programme wants that.
    Refused when the round is no longer proposed, or when a place has been taken meanwhile.
    """
    round = hold(round)
    matches = matches_of(round)
    if not matches:
        raise Refused("This round proposes no pair.")
    try:
        with transaction.atomic():
            partnerships = [begin(match, by=by, now=now) for match in matches]
    except IntegrityError:
        raise Refused("Somebody’s place has been taken since this round was run. Run matching again.")
    round.state, round.confirmed_by, round.confirmed_at = RoundState.CONFIRMED, by, now
    round.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    audit.record("matches confirmed", on=round, by=by, at=now, partnerships=len(partnerships))
    return partnerships


def begin(match: Proposal, *, by: Person, now: datetime.datetime) -> Partnership:
    """What a proposal becomes."""
    match.partnership = begin_partnership(
        match.round.programme, match.people, by=by, now=now, signed_by=by, due_at=now + TIME_TO_UNDO
    )
    match.save(update_fields=["partnership"])
    return match.partnership


def begin_partnership(
    programme: Programme,
    people: list[Participant],
    *,
    by: Person,
    now: datetime.datetime,
    signed_by: Person,
    due_at: datetime.datetime | None = None,
) -> Partnership:
    """Everybody takes one of their places, and a letter introduces them, at once or when it is due.

    IntegrityError when a place is gone.
    """
    today = now.date()
    partnership = Partnership.objects.create(
        programme=programme,
        model=programme.model,
        starts_on=max(today, programme.starts_on),
        ends_on=max(today, programme.ends_on),
        cadence_days=programme.cadence_weeks * 7,
        grace_days=programme.grace_days,
        created_at=now,
    )
    for participant in people:
        Member.objects.create(
            partnership=partnership,
            participant=participant,
            person=participant.person,
            role=participant.role,
            slot=free_slot(participant),
            joined_at=now,
        )
    audit.record("partnership begun", on=partnership, by=by, at=now)
    for reader in people:
        outbox.write(
            matched_letter(partnership, reader, [one for one in people if one != reader], signed_by),
            to=reader.person,
            kind="matched",
            key=letter_key(partnership.pk, reader.pk),
            programme=programme,
            signed_by=signed_by,
            draft=programme.sends_drafts,
            due_at=due_at,
        )
    return partnership


def matched_letter(
    partnership: Partnership, reader: Participant, partners: list[Participant], by: Person
) -> outbox.Letter:
    """What a partner is told: who, how to go on, and that they may say no without blame."""
    context = {
        "programme": partnership.programme,
        "reader": reader,
        "partners": partners,
        "partner": partners[0],
        "coordinator": by,
        "url": absolute(partnership.url("support:partnership")),
    }
    return outbox.compose("matching/emails/matched.txt", context)
