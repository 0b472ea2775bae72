"""Questions about rounds and about who can be matched."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import count, filterfalse
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from mentoring.outbox.models import Message, MessageState
from programmes.models import Member, Participant, ParticipantRole, ParticipantState, PartnershipState, Programme
from programmes.queries import participants_in
from programmes.support.models import NextWish, Wish

from .models import Exclusion, Proposal, ProposalMember, Round, RoundState
from .together import host_roles, is_pool, mentees_for_each, seeking_roles


def proposed_round(programme: Programme) -> Round | None:
    """The round that waits for the co-ordinator, if there is one; what it was made of is read when somebody asks for it."""
    return programme.rounds.filter(state=RoundState.PROPOSED).defer("instance", "outcome").first()


def running_round(programme: Programme) -> Round | None:
    """The round that is being worked out, if there is one."""
    return programme.rounds.filter(state=RoundState.RUNNING).first()


class Present(NamedTuple):
    """What there is at the desk: a round that is being worked out, one that waits, and the latest, where it failed."""

    running: Round | None
    proposed: Round | None
    failed: Round | None


def present_rounds(programme: Programme) -> Present:
    """One query, of at most one round in each of these states; what a round was made of is not read."""
    shown = [RoundState.RUNNING, RoundState.PROPOSED, RoundState.FAILED]
    later = Round.objects.filter(programme=programme, number__gt=OuterRef("number"))
    found = programme.rounds.filter(state__in=shown).annotate(
        is_past=Exists(later.exclude(state__in=[RoundState.FAILED, RoundState.CANCELLED]))
    )
    latest = {one.state: one for one in found.order_by("state", "-number").distinct("state").defer("instance")}
    for round in latest.values():
        round.programme = programme
    failed = latest.get(RoundState.FAILED)
    if failed and failed.is_past:
        failed = None
    return Present(latest.get(RoundState.RUNNING), latest.get(RoundState.PROPOSED), failed)


def confirmed_rounds(programme: Programme) -> list[Round]:
    """Rounds that became partnerships, the latest first, without what they were made of."""
    found = programme.rounds.filter(state=RoundState.CONFIRMED).select_related("confirmed_by")
    return list(found.order_by("-number").defer("instance", "outcome"))


def parted_before(round: Round) -> list[Exclusion]:
    """Pairs that were parted by the press that ran this round."""
    return list(exclusions_in(round.programme).filter(made_at=round.run_at))


def mentees_to_match(programme: Programme) -> list[Participant]:
    """Mentees who take part, have no live partnership, and have not said that they want none; of peers everybody."""
    found = [
        willing(participants_in(programme, role)).annotate(partnerships=live_partnerships())
        for role in seeking_roles(programme)
    ]
    # Of peers somebody who applied twice is there once.
    once = {one.person_id: one for people in reversed(found) for one in people.filter(partnerships=0)}
    return sorted(once.values(), key=lambda one: (one.role, one.name.casefold()))


def mentors_with_places(programme: Programme) -> dict[Participant, int]:
    """Mentors (facilitators) who take part, with their free places; those without, and the unwilling, are left out."""
    if is_pool(programme):
        return {}
    asked = [willing(participants_in(programme, role)) for role in host_roles(programme)]
    found = [people.annotate(partnerships=live_partnerships()) for people in asked]
    return {one: free for people in found for one in people if (free := one.capacity - one.partnerships) > 0}


def partners_in(programme: Programme) -> QuerySet[Participant]:
    """Everybody whom somebody could be put together with by hand, whether or not they have a place."""
    roles = seeking_roles(programme) if is_pool(programme) else host_roles(programme)
    found = programme.participants.filter(state=ParticipantState.ACTIVE, role__in=roles)
    return found.select_related("person").order_by("person__name")


class Demand(NamedTuple):
    """How many mentees there are, how many of them wait, and for how many of them mentors have places free."""

    mentees: int
    waiting: int
    places: int


def demand_of(programme: Programme) -> Demand:
    """Mentees (of peers everybody), those who wait, and free places. One query."""
    taking_part = willing(programme.participants.filter(state=ParticipantState.ACTIVE)).annotate(
        partnerships=live_partnerships()
    )
    rows = list(taking_part.values_list("role", "capacity", "partnerships"))
    if is_pool(programme):
        peers = [live for role, _, live in rows if role != ParticipantRole.FACILITATOR]
        return Demand(len(peers), peers.count(0), peers.count(0) if peers.count(0) > 1 else 0)
    mentees = [live for role, _, live in rows if role == ParticipantRole.MENTEE]
    free = [capacity - live for role, capacity, live in rows if role in host_roles(programme)]
    open_places = sum(places for places in free if places > 0)
    return Demand(len(mentees), mentees.count(0), open_places * mentees_for_each(programme))


def willing(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """Without those who said, when a partnership of theirs ended, that they would like no other."""
    said_no = NextWish.objects.filter(
        person=OuterRef("person"), partnership__programme=OuterRef("programme"), wish=Wish.NO
    )
    return participants.exclude(Exists(said_no))


class Parted(NamedTuple):
    """Somebody of a partnership that has ended or that somebody left: whether they are out of it, and wish the same again."""

    participant: UUID
    is_out: bool
    again: bool


def earlier_pairs(programme: Programme) -> set[tuple[UUID, UUID]]:
    """Mentee and whoever led, by participant, whose partnership has ended or was left by one of them, unless both wish the
    same again (S10). Of peers, and where nobody led, every two."""
    wished = NextWish.objects.filter(partnership__programme=programme, wish=Wish.AGAIN)
    again = set(wished.values_list("partnership_id", "person_id"))
    somebody_left = Member.objects.filter(partnership=OuterRef("partnership"), left_at__isnull=False)
    members = Member.objects.filter(partnership__programme=programme).filter(
        Q(partnership__state=PartnershipState.ENDED) | Exists(somebody_left)
    )
    parted: dict[UUID, dict[bool, list[Parted]]] = {}
    for partnership, participant, person, role, left_at, state in members.values_list(
        "partnership_id", "participant_id", "person_id", "role", "left_at", "partnership__state"
    ):
        is_out = bool(left_at) or state == PartnershipState.ENDED
        one = Parted(participant, is_out, (partnership, person) in again)
        parted.setdefault(partnership, {}).setdefault(role != ParticipantRole.MENTEE, []).append(one)
    return {
        (mentee.participant, other.participant)
        for people in parted.values()
        for mentee in people.get(False, [])
        for other in people.get(True) or people[False]
        if mentee != other and (mentee.is_out or other.is_out) and not (mentee.again and other.again)
    }


def live_partnerships() -> Count:
    return Count("memberships", filter=Q(memberships__live=True))


def free_slots(participants: Iterable[Participant]) -> dict[UUID, Iterator[int]]:
    """For each, the places that no live partnership takes, lowest first; above the capacity when all are taken. One query."""
    taken: dict[UUID, set[int]] = {participant.pk: set() for participant in participants}
    for participant, slot in Member.objects.filter(participant__in=taken, live=True).values_list("participant", "slot"):
        taken[participant].add(slot)
    return {key: filterfalse(slots.__contains__, count(1)) for key, slots in taken.items()}


def proposals_of(round: Round) -> QuerySet[Proposal]:
    """A round's proposals with their people: the strongest first, those without a match last. Two queries."""
    members = ProposalMember.objects.select_related("participant__person")
    return round.proposals.order_by("-points", "pk").prefetch_related(Prefetch("members", members))


def matches_of(round: Round) -> list[Proposal]:
    """A round's proposals that put people together."""
    return [proposal for proposal in proposals_of(round) if proposal.is_match]


def count_matches(round: Round) -> int:
    """How many of a round's proposals put people together."""
    return round.proposals.annotate(size=Count("members")).filter(size__gt=1).count()


def rounds_of(programme: Programme) -> list[Round]:
    """Every round, the latest first, each with how many it `matched` of how many `mentees` (of peers everybody)."""
    mentee = Q(proposals__members__role__in=seeking_roles(programme))
    mates = ProposalMember.objects.filter(proposal=OuterRef("proposals__members__proposal"))
    has_mates = Exists(mates.exclude(pk=OuterRef("proposals__members__pk")))
    found = programme.rounds.select_related("run_by", "confirmed_by").defer("instance", "outcome")
    matched = Count("proposals__members", filter=Q(mentee, has_mates))
    return list(found.annotate(matched=matched, mentees=Count("proposals__members", filter=mentee)).order_by("-number"))


def letter_key(partnership: UUID, reader: UUID) -> str:
    """What is promised by the letter that introduces partners to one of them."""
    return f"matched|{partnership}|{reader}"


def messages_of_round(round: Round) -> QuerySet[Message]:
    """The letters that introduce the partners of a confirmed round."""
    keys = [
        letter_key(match.partnership_id, reader.pk)
        for match in matches_of(round)
        if match.partnership_id
        for reader in match.people
    ]
    return Message.objects.filter(kind="matched", key__in=keys)


class Undo(NamedTuple):
    """Whether a confirmed round can be taken back: until `due_at`, or (`drafts`) until its messages are let go."""

    due_at: datetime.datetime
    drafts: bool


def undo_until(round: Round) -> Undo | None:
    """None for a round that is not confirmed, or one of whose messages has gone."""
    if round.state != RoundState.CONFIRMED:
        return None
    rows = list(messages_of_round(round).values_list("state", "due_at"))
    if not rows or {state for state, _ in rows} - {MessageState.DRAFT, MessageState.QUEUED}:
        return None
    queued = [due_at for state, due_at in rows if state == MessageState.QUEUED]
    return Undo(min(queued or [due_at for _, due_at in rows]), not queued)


def exclusions_in(programme: Programme) -> QuerySet[Exclusion]:
    return programme.exclusions.select_related("mentee__person", "mentor__person").order_by("mentee__person__name")
