"""Going back to a round that was replaced."""

import datetime

from django.db import transaction

from matching.models import Exclusion, Round, RoundState
from matching.queries import (
    exclusions_in,
    matches_of,
    mentees_to_match,
    parted_before,
    proposed_round,
    running_round,
)
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Programme

from .deciding import remove_exclusion
from .holding import hold


@transaction.atomic
def restore_round(round: Round, *, by: Person, now: datetime.datetime) -> Round:
    """Propose a replaced round again, in the place of the one that is proposed now.

    Refused when one of its people has found a partner since, or a pair of it must not be matched any more.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=round.programme_id)
    held = Round.objects.select_related("programme__organisation").get(pk=round.pk)
    if held.state != RoundState.REPLACED:
        raise Refused(f"{held} is {held.get_state_display().lower()} and cannot be taken up again.")
    if running_round(held.programme):
        raise Refused("A new round is being worked out. Wait until it is done, or stop it.")
    check_still_fits(held)
    now_proposed = proposed_round(held.programme)
    if now_proposed:
        now_proposed.state = RoundState.REPLACED
        now_proposed.save(update_fields=["state"])
    held.state = RoundState.PROPOSED
    held.save(update_fields=["state"])
    audit.record("round taken up again", on=held, by=by, at=now)
    return held


def check_still_fits(round: Round) -> None:
    waiting = {mentee.pk for mentee in mentees_to_match(round.programme)}
    never = {(one.mentee_id, one.mentor_id) for one in exclusions_in(round.programme)}
    for match in matches_of(round):
        for mentee in match.mentees:
            if mentee.pk not in waiting:
                raise Refused(f"{mentee.name} has a partner or has left since {round} was run. Run matching again.")
            if any((mentee.pk, mentor.pk) in never for mentor in match.mentors):
                raise Refused(f"{round} proposes {match}, who must not be matched. Allow them first, or run again.")


@transaction.atomic
def undo_parting(round: Round | None, exclusion: Exclusion, *, by: Person, now: datetime.datetime) -> Round:
    """These two (a mentor and a team) may be matched after all, and the round from before is proposed again.

    Refused once another round has been run.
    """
    held = hold(round) if round else None
    if held is None or held.run_at != exclusion.made_at:
        raise Refused("Matching has run again since. Allow them under “People who must not be matched”.")
    for one in parted_before(held):
        remove_exclusion(one, by=by, now=now)
    before = held.programme.rounds.filter(number__lt=held.number, state=RoundState.REPLACED).latest("number")
    return restore_round(before, by=by, now=now)
