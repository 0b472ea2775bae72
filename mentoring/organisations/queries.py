"""Questions about tenants and who belongs to them."""

from uuid import UUID

from django.db.models import QuerySet

from mentoring.accounts.models import Person

from . import tenancy
from .models import Membership, Organisation, Role


def find_organisation(slug: str) -> Organisation | None:
    """The active organisation with this address. Knowing the address is what shows its row."""
    tenancy.look_up(slug)
    organisation = Organisation.objects.filter(slug=slug).defer("logo").first()
    return organisation if organisation and organisation.is_active else None


def memberships_of(person: Person) -> QuerySet[Membership]:
    """A person's own present roles, over all organisations (their own rows are always theirs to see)."""
    return Membership.objects.filter(person=person, ended_at=None)


def organisations_of(person: Person) -> list[Organisation]:
    """The active organisations a person belongs to, by name."""
    ids = memberships_of(person).values("organisation_id")
    found = Organisation.objects.filter(id__in=ids, state="active")
    return sorted(found, key=lambda organisation: organisation.name.casefold())


def roles_in(person: Person, organisation: Organisation) -> list[Membership]:
    """The roles a person holds in this organisation."""
    return list(memberships_of(person).filter(organisation=organisation))


def is_member(person: Person, role: Role, programme_id: UUID | None = None) -> bool:
    """Whether the person holds this role in the running organisation."""
    return memberships_of(person).filter(role=role, programme_id=programme_id).exists()  # type: ignore[misc]  # None: all
