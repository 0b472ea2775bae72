"""How many of whom each model of mentoring has (M7 to M10), and who speaks for all of them."""

import datetime
from dataclasses import dataclass

from mentoring.accounts.models import Person
from programmes.models import Member, Model, ParticipantRole, Partnership

FEWEST = 2


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
# What people are called where mentor and mentee are not the words: by model, then by role.
PARTS = {
    Model.CIRCLE: dict.fromkeys(("mentor", "facilitator"), "Facilitator") | {"mentee": "Member"},
    Model.PEER_PAIR: dict.fromkeys(("mentor", "mentee"), "Peer"),
}
IN_TURNS = frozenset({Model.PEER_PAIR, *SIZES})


def is_larger(model: str) -> bool:
    """Whether more than two take part, so that people may come and go."""
    return model in SIZES


def with_parts(partnership: Partnership, members: list[Member]) -> list[tuple[Member, str]]:
    """Each with the word for their part in this model."""
    words = PARTS.get(Model(partnership.model), {})
    return [(member, words.get(member.role, member.get_role_display())) for member in members]


def takes_turns(model: str) -> bool:
    return model in IN_TURNS


def may_rest_all(partnership: Partnership, person: Person) -> bool:
    """Whether this person lets it rest for everybody: either of two, whoever leads more than two, and who runs it."""
    own, others = _own_and_others(partnership, person)
    return own is None or not is_larger(partnership.model) or _leads(own) or not any(map(_leads, others))


def may_end_all(partnership: Partnership, person: Person, today: datetime.date) -> bool:
    """Whether it ends for everybody when this person goes; otherwise they leave, and the others go on.

    It ends between two, when too few would be left or nobody to lead them, and once the agreed time is over. Whoever
    runs the programme may end it at any time.
    """
    own, others = _own_and_others(partnership, person)
    if own is None or not is_larger(partnership.model) or today > partnership.ends_on:
        return True
    return len(others) < FEWEST or (_leads(own) and not any(map(_leads, others)))


def _own_and_others(partnership: Partnership, person: Person) -> tuple[Member | None, list[Member]]:
    here = [member for member in partnership.members.all() if member.left_at is None]
    own = next((member for member in here if member.person_id == person.pk), None)
    return own, [member for member in here if member != own]


def _leads(member: Member) -> bool:
    return member.role != ParticipantRole.MENTEE
