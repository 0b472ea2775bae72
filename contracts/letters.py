"""What is written to partners about their agreement."""

from typing import Any

from mentoring import outbox
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from programmes.models import Partnership
from programmes.queries import contact_of

from .models import Agreement, Version


def send(template: str, partnership: Partnership, to: Person, *, key: str, draft: bool = False, **context: Any) -> None:
    """Promise one of the letters in contracts/emails to one person, once for this key."""
    programme = partnership.programme
    others = [str(member.person) for member in partnership.ordered_members() if member.person_id != to.pk]
    letter = outbox.compose(
        f"contracts/emails/{template}.txt",
        {
            "to": to,
            "programme": programme,
            "partners": " and ".join(others),
            "url": absolute(partnership.url("contracts:agreement")),
            **context,
        },
    )
    outbox.write(
        letter,
        to=to,
        kind=f"agreement_{template}",
        key=f"agreement_{template}|{key}|{to.pk}",
        programme=programme,
        signed_by=contact_of(programme),
        draft=draft,
    )


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
