"""Questions about the partner organisation that an agreement names beside its partners."""

from typing import Any

from django.db.models import Q, QuerySet

from mentoring.accounts.models import Person
from mentoring.organisations.models import Membership, PartnerOrganisation, Role
from programmes.models import Programme

from .models import SIGNED_STATES, Agreement, AgreementTemplate


def party_of(programme: Programme) -> PartnerOrganisation | None:
    """The partner organisation that new agreements of a programme name."""
    kept = AgreementTemplate.objects.filter(programme=programme).select_related("partner").first()
    return kept.partner if kept else None


def speakers_in(programme_id: Any) -> QuerySet[Membership]:
    """The roles of those who speak for a partner organisation in this programme, or in all of them."""
    here = Q(programme_id=None) | Q(programme_id=programme_id)
    return Membership.objects.filter(here, role=Role.PARTNER, ended_at=None, partner__isnull=False)


def is_party(person: Person, agreement: Agreement) -> bool:
    """Whether the person speaks, in this programme, for the partner organisation that the agreement names."""
    return speakers_in(agreement.programme_id).filter(person=person, partner=agreement.partner_id).exists()


def contacts_of_party(agreement: Agreement) -> QuerySet[Person]:
    """The people who speak, in this programme, for the partner organisation that the agreement names."""
    memberships = speakers_in(agreement.programme_id).filter(partner=agreement.partner_id)
    return Person.objects.filter(memberships__in=memberships).distinct()


def contracts_naming(person: Person, programme: Programme) -> QuerySet[Agreement]:
    """Signed agreements of a programme that name an organisation for which this person speaks there, the latest first."""
    speaks_for = speakers_in(programme.pk).filter(person=person)
    signed = Agreement.objects.filter(partnership__programme=programme, state__in=SIGNED_STATES)
    named = signed.filter(partner__in=speaks_for.exclude(partner=None).values("partner"))
    return named.select_related("partnership").prefetch_related("partnership__members__person").order_by("-active_at")
