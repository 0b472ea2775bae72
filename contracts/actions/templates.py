"""Changing what new agreements say. Agreements that partners have opened keep the words they began with."""

import datetime

from django.db import transaction

from contracts.clauses import Clause, read_clauses
from contracts.models import AgreementTemplate
from contracts.wordings import Wording, fingerprint
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.organisations.models import PartnerOrganisation
from mentoring.refusal import Refused
from programmes.models import Programme


@transaction.atomic
def own_clauses(wording: Wording, *, by: Person, now: datetime.datetime) -> AgreementTemplate:
    """Begin wording of one's own, as a copy of what has been followed so far. Begun twice, it stays as it is."""
    template = held(wording)
    if template.clauses is None:
        keep(template, wording.clauses, by=by, now=now)
    return template


@transaction.atomic
def change_clauses(
    wording: Wording, clauses: list[Clause], *, seen: str, by: Person, now: datetime.datetime
) -> AgreementTemplate:
    """Put other clauses, or the same in another order, in the place of those whose fingerprint was `seen`.

    Refused when somebody else changed them meanwhile, for two clauses of one name, and when what the co-ordinator may
    read is no longer asked: partners decide that, not whoever writes the wording.
    """
    template = held(wording)
    if seen != fingerprint(wording.clauses if template.clauses is None else read_clauses(template.clauses)):
        raise Refused("Somebody else changed these clauses while you had them open. Look at them again.")
    if len({clause.key for clause in clauses}) < len(clauses):
        raise Refused("Two clauses cannot have the same name.")
    if deciding(wording.clauses) - deciding(clauses):
        raise Refused("Partners choose what the co-ordinator may read, so this clause stays in every agreement.")
    keep(template, clauses, by=by, now=now)
    return template


@transaction.atomic
def follow(wording: Wording, *, by: Person, now: datetime.datetime) -> None:
    """Give up wording of one's own: new agreements say again what the next wider template says."""
    template = held(wording)
    if template.clauses is None:
        return
    if template.programme_id:
        template.clauses = None
        template.save(update_fields=["clauses"])
    audit.record("agreement wording given up", on=template, by=by, at=now)
    if not template.programme_id:
        template.delete()


@transaction.atomic
def name_party(
    programme: Programme, *, partner: PartnerOrganisation | None, by: Person, now: datetime.datetime
) -> AgreementTemplate:
    """Name a partner organisation as a party in agreements opened from now on, or none."""
    template, _ = AgreementTemplate.objects.get_or_create(programme=programme)
    template.partner = partner
    template.save(update_fields=["partner"])
    audit.record("agreement party named", on=template, by=by, at=now, partner=str(partner or ""))
    return template


def held(wording: Wording) -> AgreementTemplate:
    """The template's own row, held until the transaction ends; a new one where there is none."""
    kept = AgreementTemplate.objects.select_for_update().filter(**wording.place).first()
    return kept or AgreementTemplate(**wording.place)


def keep(template: AgreementTemplate, clauses: list[Clause], *, by: Person, now: datetime.datetime) -> None:
    template.clauses = as_kept(clauses)
    template.save()
    audit.record("agreement wording changed", on=template, by=by, at=now, clauses=[clause.key for clause in clauses])


def as_kept(clauses: list[Clause]) -> list[dict[str, object]]:
    return [clause.as_data() for clause in clauses]


def deciding(clauses: list[Clause]) -> set[str]:
    return {clause.decides for clause in clauses} - {""}
