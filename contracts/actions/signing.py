"""Getting an agreement ready, and signing it: at the screen or on paper.

The partnership's row is locked first, always, so two people who act at once act one after the other.
"""

import datetime
import hashlib
from typing import Any

from django.db import transaction

from contracts import letters, queries
from contracts.clauses import Box
from contracts.evidence import UNKNOWN, Evidence
from contracts.models import AgreementState, PaperCopy, PaperKind, Signature, SigningWay, Version
from contracts.places import NOWHERE, Place
from contracts.printing import print_version
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.refusal import Refused
from programmes.models import Member, Partnership

from .completing import complete_agreement, welcome_joiner
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
    number = Version.objects.filter(agreement__partnership=member.partnership).count() + 1
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


# What a person says of signing in this way, apart from what they say of the agreement; word for word.
CONSENT = "I agree to sign here, in my own account. Typing my name and pressing the button means the same as my signature on paper."
PAPER_CONSENT = "I agree to confirm my signature here, in my own account. Pressing the button means that it is mine."


def statement(version: Version) -> str:
    """What a person says by signing, word for word."""
    return (
        f"I have read version {version.number} of this mentoring agreement and I agree to keep to it. "
        "The name I have typed is my signature."
    )


def paper_statement(version: Version) -> str:
    """What a person says by confirming their signature on paper, word for word."""
    return (
        f"I have signed version {version.number} of this mentoring agreement on paper and I agree to keep to it. "
        "The signature with my name on the scan kept here is mine."
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
    evidence: Evidence = UNKNOWN,
) -> Signature:
    """A partner signs the version whose bytes have this SHA-256. The last signature makes the agreement active (K6).

    place: where the signature comes from; kept only if the organisation notes that. evidence: how they had signed in, and
    what a passkey signed. Somebody who joined after the others had signed signs the version that is in force.
    Refused when the agreement was changed since that version, when there is nothing to sign, and the second time.
    """
    member = partner_in(lock(partnership), by)
    version = version_for(member, sha256)
    way = SigningWay.PASSKEY if evidence.passkey else SigningWay.TYPED
    words: dict[str, Any] = {"typed_name": typed_name, "statement": statement(version), "consent": CONSENT}
    words |= {"way": way, "passkey": evidence.passkey}
    return put_signature(version, member, words, place=place, evidence=evidence, now=now)


@transaction.atomic
def confirm_paper(
    partnership: Partnership,
    *,
    sha256: str,
    by: Person,
    now: datetime.datetime,
    place: Place = NOWHERE,
    evidence: Evidence = UNKNOWN,
) -> Signature:
    """A partner says that the signature on the scan with this SHA-256 is theirs: it counts like any other.

    Refused when the agreement was changed since, when another scan took its place, and the second time.
    """
    member = partner_in(lock(partnership), by)
    version = queries.version_offered(member.partnership)
    scan = queries.scan_of(version) if version else None
    if version is None or scan is None or scan.sha256 != sha256:
        raise Refused("The agreement or its scan was changed after you opened this page. Look at it again.")
    words: dict[str, Any] = {
        "typed_name": str(by),
        "statement": paper_statement(version),
        "way": SigningWay.PAPER,
        "paper": scan,
    }
    words |= {"consent": PAPER_CONSENT}
    return put_signature(version, member, words, place=place, evidence=evidence, now=now)


def version_for(member: Member, sha256: str) -> Version:
    """The version with these bytes, if it is this member's to sign now."""
    version = queries.version_to_sign(member)
    if version and version.sha256 == sha256:
        return version
    if Signature.objects.filter(member=member, sha256=sha256, version__voided_at=None).exists():
        raise Refused("You have already signed this agreement.")
    raise Refused("The agreement was changed after you opened this page. Read it again before you sign.")


def put_signature(
    version: Version,
    member: Member,
    words: dict[str, Any],
    *,
    place: Place,
    evidence: Evidence,
    now: datetime.datetime,
) -> Signature:
    """Write the signature down, and see whether it was the last one."""
    by, agreement = member.person, version.agreement
    if version.signatures.filter(member=member).exists():
        raise Refused("You have already signed this agreement.")
    signature = Signature.objects.create(
        version=version,
        sha256=version.sha256,
        member=member,
        person=by,
        printed_name=str(by),
        email=by.email,
        role=member.role,
        language=evidence.language,
        signed_in_by=evidence.signed_in_by,
        signed_in_at=evidence.signed_in_at,
        session=evidence.session,
        opened_at=evidence.opened_at,
        file_opened_at=evidence.file_opened_at,
        signed_at=now,
        **words,
        **(place.noted() if member.partnership.programme.organisation.notes_signing_place else {}),
    )
    audit.record(
        "agreement signed",
        on=agreement,
        by=by,
        at=now,
        version=version.number,
        sha256=version.sha256,
        way=signature.way,
    )
    signatures = queries.signatures_under(version)
    if agreement.state == AgreementState.ACTIVE:
        welcome_joiner(agreement, version, signatures, by=by, now=now)
    elif not queries.yet_to_sign(member.partnership, signatures):
        complete_agreement(agreement, version, signatures, by=by, now=now)
    return signature


@transaction.atomic
def keep_scan(
    partnership: Partnership, *, kind: PaperKind, content: bytes, by: Person, now: datetime.datetime
) -> PaperCopy:
    """A co-ordinator keeps the scan of an agreement that was signed on paper, and its partners are asked whose hand it is.

    It counts for nobody until they say so themselves. Refused when nothing waits for a signature, and to partners.
    """
    held = lock(partnership)
    version = queries.version_offered(held)
    if version is None:
        raise Refused(
            "This agreement does not wait for signatures. Its partners get it ready first, then print and sign."
        )
    if any(member.person_id == by.pk for member in held.members.all()):
        raise Refused("The scan is kept by somebody who is not a partner. Ask your co-ordinator.")
    sha256 = hashlib.sha256(content).hexdigest()
    if version.paper_copies.filter(sha256=sha256).exists():
        raise Refused("This very scan is kept already.")
    scan = PaperCopy.objects.create(
        version=version, kind=kind, content=content, sha256=sha256, uploaded_by=by, uploaded_at=now
    )
    letters.tell_scanned(scan, version.agreement, queries.yet_to_sign(held, queries.signatures_under(version)))
    audit.record("agreement scan kept", on=version.agreement, by=by, at=now, version=version.number, sha256=sha256)
    return scan
