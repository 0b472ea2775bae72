"""Confirming a round: proposals become partnerships, and each partner is told."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, prefetch_related_objects

from matching.models import Proposal, Round, RoundState
from matching.queries import free_slots, letter_key, matches_of
from mentoring import audit, outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.refusal import Refused
from programmes.models import Member, Model, Participant, Partnership, PartnershipState, Programme

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
            partnerships = begin_partnerships(
                round.programme,
                [match.people for match in matches],
                by=by,
                now=now,
                signed_by=by,
                due_at=now + TIME_TO_UNDO,
            )
    except IntegrityError:
        raise Refused("Somebody’s place has been taken since this round was run. Run matching again.")
    for match, partnership in zip(matches, partnerships, strict=True):
        match.partnership = partnership
    Proposal.objects.bulk_update(matches, ["partnership"])
    round.state, round.confirmed_by, round.confirmed_at = RoundState.CONFIRMED, by, now
    round.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    audit.record("matches confirmed", on=round, by=by, at=now, partnerships=len(partnerships))
    return partnerships


def begin_partnership(
    programme: Programme, people: list[Participant], *, by: Person, now: datetime.datetime, signed_by: Person
) -> Partnership:
    """Everybody takes one of their places, and a letter introduces them. IntegrityError when a place is gone."""
    return begin_partnerships(programme, [people], by=by, now=now, signed_by=signed_by)[0]


@transaction.atomic
def begin_partnerships(
    programme: Programme,
    groups: list[list[Participant]],
    *,
    by: Person,
    now: datetime.datetime,
    signed_by: Person,
    due_at: datetime.datetime | None = None,
) -> list[Partnership]:
    """A partnership for each group: everybody takes one of their places, and letters introduce them, now or when due.

    As many queries for three hundred as for one. IntegrityError when a place is gone. Partnerships of one programme begin
    one after the other, so that nobody waits for somebody who waits for them.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    partnerships = Partnership.objects.bulk_create(new_partnership(programme, now) for _ in groups)
    free = free_slots([one for people in groups for one in people])
    Member.objects.bulk_create(
        Member(
            partnership=partnership,
            participant=participant,
            person=participant.person,
            role=participant.role,
            slot=next(free[participant.pk]),
            joined_at=now,
        )
        for partnership, people in zip(partnerships, groups, strict=True)
        for participant in people
    )
    prefetch_related_objects(partnerships, Prefetch("members", Member.objects.select_related("person")))
    audit.record_all("partnership begun", on=partnerships, by=by, at=now)
    outbox.write_all(
        introduce(partnership, reader, people, signed_by, due_at)
        for partnership, people in zip(partnerships, groups, strict=True)
        for reader in people
    )
    return partnerships


def new_partnership(programme: Programme, now: datetime.datetime) -> Partnership:
    today = now.date()
    return Partnership(
        programme=programme,
        model=programme.model,
        # A brief contact needs no agreement (M4): it begins at once.
        state=PartnershipState.ACTIVE if programme.model == Model.SPOT else PartnershipState.AGREED,
        starts_on=max(today, programme.starts_on),
        ends_on=max(today, programme.ends_on),
        cadence_days=programme.cadence_weeks * 7,
        grace_days=programme.grace_days,
        created_at=now,
    )


def introduce(
    partnership: Partnership,
    reader: Participant,
    people: list[Participant],
    signed_by: Person,
    due_at: datetime.datetime | None,
) -> tuple[outbox.Letter, dict[str, Any]]:
    """The letter to one partner, and what is promised of it."""
    letter = matched_letter(partnership, reader, [one for one in people if one != reader], signed_by)
    return letter, {
        "to": reader.person,
        "kind": "matched",
        "key": letter_key(partnership.pk, reader.pk),
        "programme": partnership.programme,
        "signed_by": signed_by,
        "draft": partnership.programme.sends_drafts,
        "due_at": due_at,
    }


def matched_letter(
    partnership: Partnership, reader: Participant, partners: list[Participant], by: Person
) -> outbox.Letter:
    """What a partner is told: who, how to go on, and that they may say no without blame."""
    context = {
        "programme": partnership.programme,
        "reader": reader,
        "partners": partners,
        # Whoever has another part in it comes first: the mentor, for a mentee of a group.
        "partner": next((one for one in partners if one.role != reader.role), partners[0]),
        "coordinator": by,
        "url": absolute(partnership.url("support:partnership")),
    }
    return outbox.compose("matching/emails/matched.txt", context)
