"""Questions about tenants and who belongs to them."""

import datetime
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet

from mentoring.accounts.models import Person

from . import tenancy
from .models import INVITATION_LASTS, Invitation, Membership, Organisation, PartnerOrganisation, Role


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


def roles_held(words: str = "", role: str = "") -> QuerySet[Membership]:
    """Present roles in the running organisation by name of the person, narrowed by words and role. Belonging is none."""
    held = Membership.objects.filter(ended_at=None).exclude(role=Role.MEMBER)
    if role in Role.values:
        held = held.filter(role=role)
    if words:
        held = held.filter(
            Q(person__name__icontains=words)
            | Q(person__email__icontains=words)
            | Q(programme__name__icontains=words)
            | Q(partner__name__icontains=words)
        )
    return held.select_related("person", "programme", "partner").order_by("person__name", "person__email", "role")


def count_roles() -> list[tuple[str, str, int]]:
    """Each role that somebody holds: its value, its name, and how many times it is held."""
    counts = dict(roles_held().order_by().values_list("role").annotate(Count("pk")))
    return [(value, label, counts[value]) for value, label in Role.choices if value in counts]


def invitations_waiting(now: datetime.datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted, newest first."""
    return Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, invited_at__gt=now - INVITATION_LASTS
    ).order_by("-invited_at")


def invitations_sent(words: str = "") -> QuerySet[Invitation]:
    """Every invitation, newest first, narrowed by words of the address or name."""
    sent = Invitation.objects.select_related("programme", "partner", "invited_by").order_by("-invited_at")
    return sent.filter(Q(email__icontains=words) | Q(name__icontains=words)) if words else sent


def find_invitation(secret: str) -> Invitation | None:
    """The invitation of the running organisation that this link's secret belongs to, whatever has become of it."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    return Invitation.objects.select_related("programme", "partner", "invited_by").filter(secret_sha256=digest).first()


def partners(words: str = "") -> QuerySet[PartnerOrganisation]:
    """Partner organisations by name, with their present contacts and the programmes they are contacts for."""
    contacts = Membership.objects.filter(ended_at=None).select_related("person", "programme").order_by("person__name")
    found = PartnerOrganisation.objects.prefetch_related(Prefetch("contacts", contacts, to_attr="present_contacts"))
    return (found.filter(name__icontains=words) if words else found).order_by("name")


def all_organisations(words: str = "") -> QuerySet[Organisation]:
    """Every organisation by name, for the platform's pages. Runs in `tenancy.platform`."""
    found = Organisation.objects.defer("logo").order_by("name")
    return found.filter(Q(name__icontains=words) | Q(slug__icontains=words)) if words else found


@dataclass(frozen=True)
class Usage:
    """How much an organisation holds; never what."""

    people: int = 0
    programmes: int = 0
    partnerships: int = 0


def usage_of(organisations: list[Organisation]) -> dict[UUID, Usage]:
    """Counts for each of the organisations, in one query. Runs in `tenancy.platform`."""
    with connection.cursor() as cursor:
        cursor.execute("select * from platform_usage(%s)", [[organisation.pk for organisation in organisations]])
        return {row[0]: Usage(*row[1:]) for row in cursor.fetchall()}
