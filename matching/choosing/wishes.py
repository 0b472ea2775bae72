"""What people ranked, for the next rounds: from the short list or the event that was last."""

from matching.asking.instances import name
from matching.asking.wishing import Wishes, wishes_from
from programmes.models import ParticipantRole, Programme

from .queries import last_choosing


@wishes_from
def ranks_in(programme: Programme) -> Wishes | None:
    """Everybody's ranks, the first wish first. None where the last choosing asked for none."""
    choosing = last_choosing(programme)
    if choosing is None:
        return None
    choices = choosing.choices.select_related("chooser", "chosen").order_by("rank")
    ranked: dict[str, dict[str, list[str]]] = {role: {} for role in (ParticipantRole.MENTEE, ParticipantRole.MENTOR)}
    for choice in choices:
        ranked[choice.chooser.role].setdefault(name(choice.chooser), []).append(name(choice.chosen))
    return Wishes(ranked[ParticipantRole.MENTEE], ranked[ParticipantRole.MENTOR])
