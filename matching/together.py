"""Who comes together in each model of mentoring (M1 to M10), and how many."""

from programmes.models import Model, ParticipantRole, Programme

PAIRS = (Model.ONE_TO_ONE, Model.SPOT)
# How many come together, unless the programme says otherwise: mentees, or a team's mentors.
SIZES = {Model.GROUP: (1, 4), Model.CIRCLE: (3, 8), Model.TEAM: (1, 2)}


def matches_pairs(programme: Programme) -> bool:
    """Whether a match is one mentee and one mentor, who can be swapped and chosen one by one."""
    return programme.model in PAIRS


def is_pool(programme: Programme) -> bool:
    """Whether everybody is matched with everybody, whatever they applied as."""
    return programme.model == Model.PEER_PAIR


def host_roles(programme: Programme) -> tuple[ParticipantRole, ...]:
    """Who mentees come to."""
    if programme.model == Model.CIRCLE:
        return ParticipantRole.FACILITATOR, ParticipantRole.MENTOR
    return (ParticipantRole.MENTOR,)


def seeking_roles(programme: Programme) -> tuple[ParticipantRole, ...]:
    """For whom a partner is sought: mentees, and of peers everybody."""
    return (ParticipantRole.MENTEE, ParticipantRole.MENTOR) if is_pool(programme) else (ParticipantRole.MENTEE,)


def sizes_of(programme: Programme) -> tuple[int, int]:
    """The least and the most who come together, as the programme or else the model says."""
    least, most = SIZES.get(Model(programme.model), (1, 1))
    least = programme.group_least or min(least, programme.group_most or least)
    return least, programme.group_most or max(least, most)


def mentees_for_each(programme: Programme) -> int:
    """How many mentees one place of a mentor is for."""
    return sizes_of(programme)[1] if programme.model in (Model.GROUP, Model.CIRCLE) else 1
