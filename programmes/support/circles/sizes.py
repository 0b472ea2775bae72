"""How many of whom each model of mentoring has (M7 to M10)."""

from dataclasses import dataclass

from programmes.models import Model, ParticipantRole


@dataclass(frozen=True)
class Size:
    """The most mentors and mentees; None where the model sets no limit."""

    mentors: int | None
    mentees: int | None

    def most(self, role: str) -> int | None:
        return {ParticipantRole.MENTOR.value: self.mentors, ParticipantRole.MENTEE.value: self.mentees}.get(role)


SIZES = {
    Model.GROUP: Size(1, 4),
    Model.TWO_BY_TWO: Size(2, 2),
    Model.TEAM: Size(2, None),
    Model.CIRCLE: Size(None, None),
}
IN_TURNS = frozenset({Model.PEER_PAIR, *SIZES})


def is_larger(model: str) -> bool:
    """Whether more than two take part, so that people may come and go."""
    return model in SIZES


def takes_turns(model: str) -> bool:
    return model in IN_TURNS
