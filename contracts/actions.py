"""What partners and co-ordinators do with an agreement: fill it in, get it ready, sign it.

The partnership's row is locked first, always, so two people who act at once act one after the other.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.documents.actions import mark_replaced
from mentoring.organisations.models import PartnerOrganisation
from mentoring.refusal import Refused
from programmes.models import Member, Partnership, PartnershipState, Programme
from programmes.queries import membership_in

from . import letters, queries
from .clauses import Box
from .models import Agreement, AgreementState, AgreementTemplate, Answer, Signature, Version
from .places import NOWHERE, Place
from .printing import print_contract, print_version


class ChangedMeanwhile(Refused):
    """Somebody else saved other words in a box while these were being written. `boxes` are the boxes concerned."""

    def __init__(self, message: str, boxes: list[str]) -> None:
        super().__init__(message)
        self.boxes = boxes


@transaction.atomic
def write_answers(
    partnership: Partnership, *, words: dict[str, str], seen: dict[str, str], by: Person, now: datetime.datetime
) -> Agreement:
    """Save what a partner wrote in boxes that are shared or their own; `seen` is what each held when the page was drawn.

    A change takes back a version that was ready to sign, with the signatures it had, and tells those who signed. Refused
    when a box is not theirs to fill, when somebody else changed the same box meanwhile, and once all have signed (K2 to K5).
    """
    member = partner_in(lock(partnership), by)
    agreement = open_agreement(member.partnership, by=by, now=now)
    boxes, answers = {box.name: box for box in queries.boxes_in(agreement)}, queries.answers_in(agreement)
    changed = {name: text for name, text in words.items() if text != seen.get(name, "")}
    check_boxes(boxes, answers, changed, seen, by)
    if not any(text != current(answers, name) for name, text in changed.items()):
        return agreement
    take_back_version(agreement, by=by, now=now)
    for name, text in changed.items():
        write(agreement, boxes[name], text, by=by, now=now)
    agreement.changed_at = now
    agreement.save(update_fields=["changed_at"])
    audit.record(
        "agreement changed", on=agreement, by=by, at=now, clauses=sorted({boxes[n].clause.key for n in changed})
    )
    return agreement


def lock(partnership: Partnership) -> Partnership:
    """The partnership, read again and held until the transaction ends. Refused when it has ended."""
    held = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if not held.is_live:
        raise Refused("This partnership has ended, so its agreement can no longer be changed or signed.")
    held.programme = partnership.programme
    return held


def partner_in(partnership: Partnership, person: Person) -> Member:
    """The person's own membership. Nobody else can act for a partner, whatever they may do elsewhere."""
    member = membership_in(partnership, person)
    if member is None or not member.live:
        raise Refused("Only the partners themselves can do this.")
    member.partnership = partnership
    return member


def open_agreement(partnership: Partnership, *, by: Person, now: datetime.datetime) -> Agreement:
    """The partnership's open agreement, begun from the programme's template if there is none. Refused once it is signed."""
    agreement = queries.agreement_of(partnership)
    if agreement is None:
        agreement = queries.new_agreement(partnership)
        agreement.opened_at = agreement.changed_at = now
        agreement.save(force_insert=True)
        audit.record("agreement opened", on=agreement, by=by, at=now)
    if agreement.state == AgreementState.ACTIVE:
        raise Refused("Everybody has signed this agreement, so it can no longer be changed.")
    return agreement


def check_boxes(
    boxes: dict[str, Box], answers: dict[str, Answer], changed: dict[str, str], seen: dict[str, str], by: Person
) -> None:
    """Refuse words for a box that is not the person's to fill, an unknown choice, and words over somebody else's."""
    for name, text in changed.items():
        box = boxes.get(name)
        if box is None or not box.may_be_filled_by(by):
            raise Refused("Each partner fills in their own details.")
        if box.clause.kind == "choice" and text and text not in {option["key"] for option in box.clause.options}:
            raise Refused(f"Choose one of the answers under “{box.clause.title}”.")
    clashes = [name for name in changed if current(answers, name) not in (seen.get(name, ""), changed[name])]
    if clashes:
        raise ChangedMeanwhile(describe_clashes(clashes, boxes, answers), clashes)


def describe_clashes(clashes: list[str], boxes: dict[str, Box], answers: dict[str, Answer]) -> str:
    said = [
        f"{answers[name].written_by} changed “{boxes[name].title}” while you were writing. "
        f"It now says: “{boxes[name].clause.label(answers[name].words)}”."
        for name in clashes
    ]
    return " ".join([*said, "Your words are still in the box. Save again to keep yours instead."])


def current(answers: dict[str, Answer], name: str) -> str:
    return answers[name].words if name in answers else ""


def write(agreement: Agreement, box: Box, text: str, *, by: Person, now: datetime.datetime) -> None:
    Answer.objects.update_or_create(
        agreement=agreement,
        clause=box.clause.key,
        member=box.member,
        defaults={"words": text, "written_by": by, "written_at": now},
    )


def take_back_version(agreement: Agreement, *, by: Person, now: datetime.datetime) -> None:
    """The words change, so the version that was offered, and any signature under it, counts no more."""
    version = queries.version_in_force(agreement)
    if version is None:
        return
    version.voided_at = now
    version.save(update_fields=["voided_at"])
    mark_replaced(version.document)
    agreement.state = AgreementState.DISCUSSING
    agreement.save(update_fields=["state"])
    letters.tell_voided(version, by)
    audit.record("agreement version taken back", on=agreement, by=by, at=now, version=version.number)


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


@transaction.atomic
def change_template(
    programme: Programme, *, partner: PartnerOrganisation | None, by: Person, now: datetime.datetime
) -> AgreementTemplate:
    """Name a partner organisation as a party in agreements opened from now on, or none."""
    template = queries.template_of(programme)
    template.partner = partner
    template.save()
    audit.record("agreement template changed", on=template, by=by, at=now, partner=str(partner or ""))
    return template
