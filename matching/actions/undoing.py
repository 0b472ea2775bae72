"""Taking a confirmed round back, or letting its messages go, while none has gone."""

import datetime

from django.db import transaction
from django.db.models import ProtectedError

from matching.models import Round, RoundState
from matching.queries import messages_of_round, proposals_of, proposed_round
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.outbox.actions import hasten
from mentoring.outbox.models import MessageState
from mentoring.refusal import Refused
from programmes.models import Member, Partnership, Programme

WAITING = {MessageState.DRAFT, MessageState.QUEUED}
BEGUN = "Some of these partners have begun already. End their partnerships one by one instead."


@transaction.atomic
def undo_confirming(round: Round, *, by: Person, now: datetime.datetime) -> Round:
    """The partnerships never were, and the round is proposed again. All of it, or nothing.

    Refused once a message has gone or the partners have begun, and where another round is proposed by now.
    """
    held = hold_confirmed(round)
    messages = list(messages_of_round(held).select_for_update(of=("self",)))
    if not messages or any(message.state not in WAITING for message in messages):
        raise Refused("A message has gone already, so this cannot be undone. End the partnerships one by one instead.")
    if proposed_round(held.programme):
        raise Refused("Another round is proposed by now. Confirm it or run it again; this one stays as it is.")
    for message in messages:
        message.state = MessageState.CANCELLED
        message.save(update_fields=["state"])
    unmake(held)
    held.state, held.confirmed_by, held.confirmed_at = RoundState.PROPOSED, None, None
    held.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    audit.record("matches taken back", on=held, by=by, at=now, messages=len(messages))
    return held


def unmake(round: Round) -> None:
    """Remove the partnerships, which nobody has heard of."""
    keys = [one.partnership_id for one in proposals_of(round) if one.partnership_id]
    round.proposals.update(partnership=None)
    try:
        with transaction.atomic():
            Member.objects.filter(partnership__in=keys).delete()
            Partnership.objects.filter(pk__in=keys).delete()
    except ProtectedError:
        raise Refused(BEGUN) from None


@transaction.atomic
def send_now(round: Round, *, by: Person, now: datetime.datetime) -> int:
    """Let the messages of a confirmed round go at once. Returns how many; drafts wait to be read."""
    held = hold_confirmed(round)
    count = hasten(messages_of_round(held), by=by, now=now)
    if not count:
        raise Refused("No message of this round is waiting to go.")
    return count


def hold_confirmed(round: Round) -> Round:
    Programme.objects.select_for_update(no_key=True).get(pk=round.programme_id)
    held = Round.objects.select_related("programme__organisation").get(pk=round.pk)
    if held.state != RoundState.CONFIRMED:
        raise Refused(f"{held} is {held.get_state_display().lower()}, so there is nothing to take back or to send.")
    return held
