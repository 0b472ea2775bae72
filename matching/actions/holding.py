"""Holding a round while it is changed."""

from matching.models import Round
from matching.queries import running_round
from mentoring.refusal import Refused
from programmes.models import Programme


def hold(round: Round) -> Round:
    """The round as it is now; nothing else changes at this programme's desk until the transaction ends.

    Refused unless it still waits for the co-ordinator, and while a new round is being worked out.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=round.programme_id)
    held = Round.objects.select_related("programme__organisation").get(pk=round.pk)
    if running_round(held.programme):
        raise Refused("A new round is being worked out. Wait until it is done, or stop it.")
    if not held.is_proposed:
        raise Refused(f"{held} is {held.get_state_display().lower()} and cannot be changed.")
    return held
