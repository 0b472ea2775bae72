"""What follows when everybody has signed."""

import datetime

from django.utils import timezone

from contracts import letters, parties
from contracts.models import Agreement, AgreementState, Signature, Version
from contracts.printing import print_contract
from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.documents.actions import mark_replaced
from mentoring.outbox.actions import release
from mentoring.outbox.models import Message
from programmes.models import Partnership, PartnershipState, Reading


def complete_agreement(
    agreement: Agreement, version: Version, signatures: list[Signature], *, by: Person, now: datetime.datetime
) -> None:
    """All have signed: the contract is made and kept, what it agrees takes effect, and everybody is promised a copy (K22).

    The agreement that it changes stays readable, and a check of its contract says that a later one has taken its place.
    """
    before = agreement.follows
    agreement.contract = print_contract(agreement, version, signatures, by=by, now=now)
    agreement.state, agreement.active_at = AgreementState.ACTIVE, now
    agreement.reading = version.content["reading"]
    agreement.reading_since = opened_since(agreement, before, now)
    agreement.keep_until = kept_until(agreement)
    if before:
        close_reading(agreement.partnership)
        supersede(before, agreement.keep_until, now=now)
    agreement.save(update_fields=["contract", "state", "active_at", "reading", "reading_since", "keep_until"])
    mark_replaced(version.document)
    take_effect(agreement.partnership, agreement, by=by, now=now)
    send_copies(agreement)
    audit.record("agreement active", on=agreement, by=by, at=now, sha256=agreement.contract.sha256)


def opened_since(agreement: Agreement, before: Agreement | None, now: datetime.datetime) -> datetime.datetime:
    """What a co-ordinator may read begins now, unless as much was open already."""
    if before and before.reading == agreement.reading and before.reading_since:
        return before.reading_since
    return now


def kept_until(agreement: Agreement) -> datetime.date:
    """The day until which nothing of it may be deleted: some years after the last day it names."""
    years = agreement.partnership.programme.organisation.keep_contracts_years
    last = agreement.ends_on
    try:
        return last.replace(year=last.year + years)
    except ValueError:  # 29 February
        return datetime.date(last.year + years, 3, 1)


def close_reading(partnership: Partnership) -> None:
    """What the earlier agreement opened is open no longer; the later one says what is."""
    partnership.reading, partnership.reading_since = Reading.RHYTHM, None
    partnership.save(update_fields=["reading", "reading_since"])


def supersede(before: Agreement, keep_until: datetime.date, *, now: datetime.datetime) -> None:
    """A later agreement takes the place of this one, which is kept as long as the later one."""
    before.state, before.superseded_at = AgreementState.SUPERSEDED, now
    before.keep_until = max(keep_until, before.keep_until or keep_until)
    before.save(update_fields=["state", "superseded_at", "keep_until"])
    if before.contract:
        mark_replaced(before.contract)


def take_effect(partnership: Partnership, agreement: Agreement, *, by: Person, now: datetime.datetime) -> None:
    """The partnership has the rhythm, the end and the readers that everybody signed; the first agreement begins it."""
    partnership.cadence_days, partnership.ends_on = agreement.cadence_days, agreement.ends_on
    partnership.reading, partnership.reading_since = Reading(agreement.reading), agreement.reading_since
    fields = ["cadence_days", "ends_on", "reading", "reading_since"]
    begins = partnership.state == PartnershipState.AGREED
    if begins:
        partnership.state = PartnershipState.ACTIVE
        partnership.rhythm_from = timezone.localdate(now)
        fields += ["state", "rhythm_from"]
    partnership.save(update_fields=fields)
    if partnership.reading == Reading.NOTHING:
        release_drafts(partnership, by=by, now=now)
    if begins:
        audit.record("partnership active", on=partnership, by=by, at=now)


def release_drafts(partnership: Partnership, *, by: Person, now: datetime.datetime) -> None:
    """Let go what waits for a co-ordinator who may read it no longer; what is not wanted any more is not sent anyhow."""
    release(Message.objects.filter(meetings_of__contains=[partnership.pk]), by=by, now=now)


def welcome_joiner(
    agreement: Agreement, version: Version, signatures: list[Signature], *, by: Person, now: datetime.datetime
) -> None:
    """Somebody who joined later has signed too: the contract is made anew with their signature, and everybody gets it.

    Signatures of members who have left since stay where they are.
    """
    earlier = agreement.contract
    agreement.contract = print_contract(agreement, version, signatures, by=by, now=now)
    agreement.save(update_fields=["contract"])
    if earlier:
        mark_replaced(earlier)
    send_copies(agreement)
    audit.record("agreement joined", on=agreement, by=by, at=now, sha256=agreement.contract.sha256)


def send_copies(agreement: Agreement) -> None:
    """A copy for everybody who takes part, and for whoever speaks for an organisation that is a party."""
    contacts = list(parties.contacts_of_party(agreement)) if agreement.partner_id else []
    letters.send_copies(agreement, contacts)
