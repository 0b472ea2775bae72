"""Questions about programmes, participants and partnerships that every step asks."""

from django.db.models import QuerySet

from mentoring.accounts.models import Person
from mentoring.organisations.models import Membership, Role

from .models import Member, Participant, ParticipantRole, ParticipantState, Partnership, Programme


def coordinators_of(programme: Programme) -> QuerySet[Person]:
    """The people who run the programme, longest in post first."""
    return Person.objects.filter(
        memberships__in=Membership.objects.filter(role=Role.COORDINATOR, programme_id=programme.pk, ended_at=None)
    ).order_by("memberships__since_at")


def participants_in(programme: Programme, role: ParticipantRole | None = None) -> QuerySet[Participant]:
    """People taking part, with their person, by name."""
    found = programme.participants.filter(state=ParticipantState.ACTIVE).select_related("person").order_by("person__name")
    return found.filter(role=role) if role else found


def partnerships_in(programme: Programme) -> QuerySet[Partnership]:
    """All partnerships of a programme with their members and people: two queries however many there are."""
    return programme.partnerships.prefetch_related("members__person").order_by("created_at")


def partnerships_of(person: Person) -> QuerySet[Partnership]:
    """A person's own partnerships in the running organisation, newest first."""
    return (
        Partnership.objects.filter(members__person=person)
        .select_related("programme__organisation")
        .prefetch_related("members__person")
        .order_by("-created_at")
    )


def membership_in(partnership: Partnership, person: Person | None) -> Member | None:
    """The person's part in this partnership, if they have or had one."""
    return partnership.members.filter(person=person).first() if person else None
