"""What is written to partners about their agreement."""

import datetime
from typing import Any

from mentoring import outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.outbox.models import Message
from mentoring.wording import listed
from programmes.models import Member, Partnership
from programmes.queries import contact_of, coordinators_of

from .models import Agreement, Decline, PaperCopy, Version


def send(
    template: str,
    partnership: Partnership,
    to: Person,
    *,
    key: str,
    draft: bool = False,
    by_day: datetime.datetime | None = None,
    **context: Any,
) -> bool:
    """Promise one of the letters in contracts/emails to one person, once for this key. False if it was promised before.

    `by_day`: the moment of a reminder, which waits for a decent hour where its reader is.
    """
    kind = f"agreement_{template}"
    named = f"{kind}|{key}|{to.pk}"
    if Message.objects.filter(kind=kind, key=named).exists():
        return False
    programme = partnership.programme
    others = [str(member.person) for member in partnership.present_members() if member.person_id != to.pk]
    letter = outbox.compose(
        f"contracts/emails/{template}.txt",
        {
            "to": to,
            "programme": programme,
            "partners": listed(others),
            "url": absolute(partnership.url("contracts:agreement")),
            **context,
        },
    )
    outbox.write(
        letter,
        to=to,
        kind=kind,
        key=named,
        programme=programme,
        signed_by=contact_of(programme),
        draft=draft,
        by_day=by_day is not None,
        due_at=by_day,
    )
    return True


def tell_ready(version: Version, by: Person) -> None:
    """The others may read and sign."""
    partnership = version.agreement.partnership
    for member in partnership.ordered_members():
        if member.live and member.person_id != by.pk:
            send("ready", partnership, member.person, key=str(version.pk), by=by)


def tell_voided(version: Version, by: Person) -> None:
    """Whoever had signed a version that was changed since is told that their signature no longer counts."""
    for signature in version.signatures.select_related("person"):
        if signature.person_id != by.pk:
            send("changed", version.agreement.partnership, signature.person, key=str(version.pk), by=by)


def tell_declined(decline: Decline, agreement: Agreement) -> None:
    """The other partners hear that there is another wish, with the reason where it is for them; co-ordinators with it."""
    partnership, version = agreement.partnership, decline.version
    others = [member.person for member in partnership.ordered_members() if member.live]
    for person in others:
        if person.pk != decline.person_id:
            reason = "" if decline.coordinators_only else decline.reason
            send("declined", partnership, person, key=str(version.pk), by=decline.person, reason=reason)
    for person in coordinators_of(partnership.programme):
        if person.pk not in {one.pk for one in others}:
            known: dict[str, Any] = {"by": decline.person, "reason": decline.reason, "names": str(partnership)}
            send("declined_for_coordinators", partnership, person, key=str(version.pk), **known)


def tell_scanned(scan: PaperCopy, agreement: Agreement, waiting: list[Member]) -> None:
    """Each whose signature is missing is asked whether it is theirs that stands on the scan."""
    for member in waiting:
        send("scanned", agreement.partnership, member.person, key=str(scan.pk), by=scan.uploaded_by)


def tell_change(template: str, change: Agreement, by: Person) -> None:
    """The others hear that somebody proposes a change, or has taken the proposal back."""
    for member in change.partnership.ordered_members():
        if member.live and member.person_id != by.pk:
            send(template, change.partnership, member.person, key=str(change.pk), by=by, change=change)


def send_copies(agreement: Agreement, contacts: list[Person]) -> None:
    """The signed contract, with the SHA-256 of its bytes, to everyone who signed and every party's contact (K22)."""
    partnership, contract = agreement.partnership, agreement.contract
    people = [member.person for member in partnership.ordered_members() if member.live]
    for person in dict.fromkeys([*people, *contacts]):
        send(
            "signed",
            partnership,
            person,
            key=str(contract.pk if contract else agreement.pk),
            download=absolute(partnership.url("contracts:download")),
            contract=contract,
            verify=absolute("/verify/"),
            is_partner=person in people,
            names=str(partnership),
        )
