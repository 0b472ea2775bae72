"""Questions about programmes, participants and partnerships that every step asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.models import Membership, Organisation, Role
from mentoring.wording import listed

from .models import Member, Participant, ParticipantRole, ParticipantState, Partnership, Programme
from .steps import Need
from .waiting import waiting_for


def coordinators_of(programme: Programme) -> QuerySet[Person]:
    """The people who run the programme, longest in post first."""
    return Person.objects.filter(
        memberships__in=Membership.objects.filter(role=Role.COORDINATOR, programme_id=programme.pk, ended_at=None)
    ).order_by("memberships__since_at")


def contact_of(programme: Programme) -> Person | None:
    """The named co-ordinator whom people ask for help: the first of them."""
    return coordinators_of(programme).first()


def participants_in(programme: Programme, role: ParticipantRole | None = None) -> QuerySet[Participant]:
    """People taking part, with their person, by name."""
    found = (
        programme.participants.filter(state=ParticipantState.ACTIVE).select_related("person").order_by("person__name")
    )
    return found.filter(role=role) if role else found


def with_members(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Each with its members and their people: one query more, however many there are."""
    return partnerships.prefetch_related(Prefetch("members", Member.objects.select_related("person")))


def partnerships_in(programme: Programme) -> QuerySet[Partnership]:
    """All partnerships of a programme with their members and people: two queries however many there are."""
    return with_members(programme.partnerships.order_by("created_at"))


def partnerships_of(person: Person) -> QuerySet[Partnership]:
    """A person's own partnerships in the running organisation, newest first."""
    found = Partnership.objects.filter(members__person=person, members__left_at=None)
    return with_members(found.select_related("programme__organisation").order_by("-created_at"))


def membership_in(partnership: Partnership, person: Person | None) -> Member | None:
    """The person's part in this partnership, if they have or had one."""
    return next((member for member in partnership.members.all() if person and member.person_id == person.pk), None)


def name_others(partnership: Partnership, person: Person) -> str:
    """The full names of those in it now but one."""
    return listed([str(member.person) for member in partnership.present_members() if member.person_id != person.pk])


@dataclass(frozen=True)
class HeldRole:
    """A role a person holds, and the programme it is for (none: the whole organisation)."""

    membership: Membership
    organisation: Organisation
    programme: Programme | None


@dataclass(frozen=True)
class Place:
    """What one organisation holds for one person: roles, partnerships, programmes in which they wait for a match, and what
    waits for them."""

    organisation: Organisation
    roles: list[HeldRole]
    partnerships: list[Partnership]
    waiting: list[Participant]
    needs: list[Need]


def places_of(person: Person) -> list[Place]:
    """Everything that is a person's own, organisation by organisation, by name. Suspended organisations are left out."""
    held: dict[Organisation, list[Membership]] = {}
    roles = Membership.objects.filter(person=person, ended_at=None)
    for membership in roles.select_related("organisation").defer("organisation__logo"):
        if membership.organisation.is_active:
            held.setdefault(membership.organisation, []).append(membership)
    ordered = sorted(held, key=lambda organisation: organisation.name.casefold())
    return [look_at(organisation, held[organisation], person) for organisation in tenancy.walk(ordered)]


def look_at(organisation: Organisation, memberships: list[Membership], person: Person) -> Place:
    """What the entered organisation holds for the person. The same number of queries however much it is."""
    partnerships = list(partnerships_of(person))
    matched = {partnership.programme_id for partnership in partnerships if partnership.is_live}
    return Place(
        organisation=organisation,
        roles=roles_named(organisation, memberships),
        partnerships=partnerships,
        waiting=[participant for participant in taking_part(person) if participant.programme_id not in matched],
        needs=waiting_for(person, partnerships),
    )


def taking_part(person: Person) -> QuerySet[Participant]:
    """The person's own parts in programmes that are not closed."""
    return (
        Participant.objects.filter(person=person, state=ParticipantState.ACTIVE)
        .exclude(programme__state="closed")
        .select_related("programme__organisation")
    )


def roles_named(organisation: Organisation, memberships: Iterable[Membership]) -> list[HeldRole]:
    """Staff roles with the programmes they are for; belonging alone (MEMBER) is no role to show."""
    shown = [membership for membership in memberships if membership.role != Role.MEMBER]
    wanted = {membership.programme_id for membership in shown} - {None}
    programmes = Programme.objects.select_related("organisation").in_bulk(wanted) if wanted else {}
    return [HeldRole(membership, organisation, programmes.get(membership.programme_id)) for membership in shown]


def programmes_for(memberships: Iterable[Membership]) -> QuerySet[Programme]:
    """The programmes of the running organisation that these roles may see: all for an administrator, else the roles' own."""
    shown = [membership for membership in memberships if membership.role != Role.MEMBER]
    found = Programme.objects.order_by("-starts_on", "name")
    if any(membership.role == Role.ADMINISTRATOR or membership.programme_id is None for membership in shown):
        return found
    return found.filter(pk__in=[membership.programme_id for membership in shown])
