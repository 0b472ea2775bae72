"""Holding a round while it is changed."""

from matching.models import Round
from mentoring.refusal import Refused


def hold(round: Round) -> Round:
    """The round as it is now, held until the transaction ends. Refused unless it still waits for the co-ordinator."""
    held = Round.objects.select_for_update(of=("self",)).select_related("programme__organisation").get(pk=round.pk)
    if not held.is_proposed:
        raise Refused(f"{held} is {held.get_state_display().lower()} and cannot be changed.")
    return held
