"""Getting an agreement ready, signing it, and what follows when everybody has.

The partnership's row is locked first, always, so two people who act at once act one after the other.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from contracts import letters, queries
from contracts.clauses import Box
from contracts.models import Agreement, AgreementState, Signature, Version
from contracts.places import NOWHERE, Place
from contracts.printing import print_contract, print_version
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.documents.actions import mark_replaced
from mentoring.refusal import Refused
from programmes.models import Member, Partnership, PartnershipState

from .discussing import lock, open_agreement, partner_in


@transaction.atomic
def make_version(partnership: Partnership, *, by: Person, now: datetime.datetime) -> Version:
    """Offer the agreement for signature: its words are fixed, and the PDF that everybody reads and signs is made once.

    Refused while a box is empty. When it was offered already, the version that stands is returned.
    """
    member = partner_in(lock(partnership), by)
    agreement = open_agreement(member.partnership, by=by, now=now)
    if version := queries.version_in_force(agreement):
        return version
    answers = queries.answers_in(agreement)
    refuse_empty(queries.empty_boxes(agreement, answers))
    number = agreement.versions.count() + 1
    content = queries.words_of(agreement, answers, number)
    document = print_version(agreement, content, by=by, now=now)
    version = Version.objects.create(
        agreement=agreement,
        number=number,
        content=content,
        document=document,
        sha256=document.sha256,
        made_by=by,
        made_at=now,
    )
    agreement.state = AgreementState.SIGNING
    agreement.save(update_fields=["state"])
    letters.tell_ready(version, by)
    audit.record("agreement ready to sign", on=agreement, by=by, at=now, version=number, sha256=document.sha256)
    return version


def refuse_empty(boxes: list[Box]) -> None:
    if boxes:
        titles = ", ".join(f"“{box.title}”" for box in boxes)
        raise Refused(f"Before you can sign, fill in {titles}. Where there is nothing to say, write so.")


def statement(version: Version) -> str:
    """What a person says by signing, word for word."""
    return (
        f"I have read version {version.number} of this mentoring agreement and I agree to keep to it. "
        "The name I have typed is my signature."
    )


@transaction.atomic
def sign_agreement(
    partnership: Partnership,
    *,
    sha256: str,
    typed_name: str,
    by: Person,
    now: datetime.datetime,
    place: Place = NOWHERE,
) -> Signature:
    """A partner signs the version whose bytes have this SHA-256. The last signature makes the agreement active (K6).

    place: where the signature comes from; kept only if the organisation notes that.
    Refused when the agreement was changed since that version, when there is nothing to sign, and the second time.
    """
    member = partner_in(lock(partnership), by)
    agreement = open_agreement(member.partnership, by=by, now=now)
    version = queries.version_in_force(agreement)
    if version is None or version.sha256 != sha256:
        raise Refused("The agreement was changed after you opened this page. Read it again before you sign.")
    if version.signatures.filter(member=member).exists():
        raise Refused("You have already signed this agreement.")
    signature = Signature.objects.create(
        version=version,
        sha256=sha256,
        member=member,
        person=by,
        typed_name=typed_name,
        printed_name=str(by),
        email=by.email,
        role=member.role,
        statement=statement(version),
        signed_at=now,
        **(place.noted() if partnership.programme.organisation.notes_signing_place else {}),
    )
    audit.record("agreement signed", on=agreement, by=by, at=now, version=version.number, sha256=sha256)
    signatures = queries.signatures_under(version)
    if not queries.yet_to_sign(member.partnership, signatures):
        complete_agreement(agreement, version, signatures, by=by, now=now)
    return signature


def complete_agreement(
    agreement: Agreement, version: Version, signatures: list[Signature], *, by: Person, now: datetime.datetime
) -> None:
    """All have signed: the contract is made and kept, the partnership begins, and everybody is promised a copy (K22)."""
    agreement.contract = print_contract(agreement, version, signatures, by=by, now=now)
    agreement.state, agreement.active_at = AgreementState.ACTIVE, now
    agreement.save(update_fields=["contract", "state", "active_at"])
    mark_replaced(version.document)
    begin_partnership(agreement.partnership, by=by, now=now)
    contacts = list(queries.contacts_of_party(agreement)) if agreement.partner_id else []
    letters.send_copies(agreement, contacts)
    audit.record("agreement active", on=agreement, by=by, at=now, sha256=agreement.contract.sha256)


def begin_partnership(partnership: Partnership, *, by: Person, now: datetime.datetime) -> None:
    if partnership.state == PartnershipState.AGREED:
        partnership.state = PartnershipState.ACTIVE
        partnership.rhythm_from = timezone.localdate(now)
        partnership.save(update_fields=["state", "rhythm_from"])
        audit.record("partnership active", on=partnership, by=by, at=now)


@transaction.atomic
def remind_to_sign(partnership: Partnership, *, by: Person, now: datetime.datetime) -> list[Member]:
    """Draft a reminder to every partner whose signature is missing, one a day for each version; whom it is to.

    Refused when nobody's signature is missing.
    """
    agreement = queries.agreement_of(lock(partnership))
    version = queries.version_in_force(agreement) if agreement and agreement.state == AgreementState.SIGNING else None
    if agreement is None or version is None:
        raise Refused("This agreement does not wait for a signature.")
    waiting = queries.yet_to_sign(agreement.partnership, queries.signatures_under(version))
    for member in waiting:
        letters.send("reminder", agreement.partnership, member.person, key=f"{version.pk}|{now.date()}", draft=True)
    audit.record("reminder to sign drafted", on=agreement, by=by, at=now, people=len(waiting))
    return waiting
