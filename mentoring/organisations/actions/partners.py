"""Organisations that take part in programmes without being a tenant of their own (P14)."""

import datetime

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.organisations.models import PartnerOrganisation
from mentoring.refusal import Refused


@transaction.atomic
def add_partner(*, name: str, by: Person, now: datetime.datetime) -> PartnerOrganisation:
    """Name a partner organisation. Refused when one has this name already, in whatever case."""
    refuse_same_name(name)
    partner = PartnerOrganisation.objects.create(name=name)
    audit.record("partner organisation added", on=partner, by=by, at=now)
    return partner


@transaction.atomic
def rename_partner(partner: PartnerOrganisation, *, name: str, by: Person, now: datetime.datetime) -> None:
    """Give a partner organisation another name. Refused when another one has it."""
    refuse_same_name(name, other_than=partner)
    partner.name = name
    partner.save(update_fields=["name"])
    audit.record("partner organisation renamed", on=partner, by=by, at=now)


def refuse_same_name(name: str, other_than: PartnerOrganisation | None = None) -> None:
    same = PartnerOrganisation.objects.filter(name__iexact=name)
    if other_than:
        same = same.exclude(pk=other_than.pk)
    if same.exists():
        raise Refused(f"There is a partner organisation called {name} already.")
