"""Questions about rounds and about who can be matched."""

from typing import NamedTuple

from django.db.models import Count, Prefetch, Q, QuerySet

from programmes.models import Participant, ParticipantRole, ParticipantState, Programme
from programmes.queries import participants_in

from .models import Exclusion, Proposal, ProposalMember, Round, RoundState


def proposed_round(programme: Programme) -> Round | None:
    """The round that waits for the co-ordinator, if there is one."""
    return programme.rounds.filter(state=RoundState.PROPOSED).first()


def running_round(programme: Programme) -> Round | None:
    """The round that is being worked out, if there is one."""
    return programme.rounds.filter(state=RoundState.RUNNING).first()


def failed_round(programme: Programme) -> Round | None:
    """The latest round, where it could not be finished."""
    last = programme.rounds.order_by("-number").defer("instance", "outcome").first()
    return last if last and last.state == RoundState.FAILED else None


def mentees_to_match(programme: Programme) -> list[Participant]:
    """Mentees who take part and have no live partnership."""
    found = participants_in(programme, ParticipantRole.MENTEE).annotate(partnerships=live_partnerships())
    return list(found.filter(partnerships=0))


def mentors_with_places(programme: Programme) -> dict[Participant, int]:
    """Mentors who take part, with the number of places they have free; those without are left out."""
    found = participants_in(programme, ParticipantRole.MENTOR).annotate(partnerships=live_partnerships())
    return {mentor: free for mentor in found if (free := mentor.capacity - mentor.partnerships) > 0}


class Demand(NamedTuple):
    """How many mentees there are, how many of them wait, and how many places mentors have free."""

    mentees: int
    waiting: int
    places: int


def demand_of(programme: Programme) -> Demand:
    """Mentees, those who wait, and free places. One query."""
    taking_part = programme.participants.filter(state=ParticipantState.ACTIVE).annotate(
        partnerships=live_partnerships()
    )
    rows = list(taking_part.values_list("role", "capacity", "partnerships"))
    mentees = [live for role, _, live in rows if role == ParticipantRole.MENTEE]
    free = [capacity - live for role, capacity, live in rows if role == ParticipantRole.MENTOR]
    return Demand(len(mentees), mentees.count(0), sum(places for places in free if places > 0))


def live_partnerships() -> Count:
    return Count("memberships", filter=Q(memberships__live=True))


def free_slot(participant: Participant) -> int:
    """The lowest place of this participant that no live partnership takes; above the capacity when all are taken."""
    taken = set(participant.memberships.filter(live=True).values_list("slot", flat=True))
    return next(slot for slot in range(1, len(taken) + 2) if slot not in taken)


def proposals_of(round: Round) -> QuerySet[Proposal]:
    """A round's proposals with their people: the strongest first, those without a match last. Two queries."""
    members = ProposalMember.objects.select_related("participant__person")
    return round.proposals.order_by("-points", "pk").prefetch_related(Prefetch("members", members))


def matches_of(round: Round) -> list[Proposal]:
    """A round's proposals that put people together."""
    return [proposal for proposal in proposals_of(round) if proposal.is_match]


def exclusions_in(programme: Programme) -> QuerySet[Exclusion]:
    return programme.exclusions.select_related("mentee__person", "mentor__person").order_by("mentee__person__name")
