"""Keeping PDFs, sealed where they must be provable, and saying later what became of them."""

import datetime
import hashlib
from typing import Any

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person
from mentoring.organisations.models import Organisation
from mentoring.organisations.tenancy import current_organisation_id

from . import keys
from .codes import new_code
from .models import Document, Seal, SealKey, SealState
from .names import lock_names


@transaction.atomic
def store_document(
    *,
    kind: str,
    title: str,
    content: bytes,
    by: Person | None,
    at: datetime.datetime,
    programme_id: Any = None,
    about: Any = None,
    code: str = "",
    sealed: bool = False,
    people: list[dict[str, str]] | None = None,
) -> Document:
    """Keep a PDF and enter it in the register of genuine documents. The same bytes again are the document kept first.

    about: the id of the agreement that it is a printing of, which says how long it is kept. code: the one printed on it
    (from `new_code`); a document that prints none still has one. sealed: with the
    organisation's seal, refused when its key cannot be opened. people: who is named to those who check the file, each with
    name, role and on (a day in words).
    """
    code, fingerprint = code or new_code(), ""
    organisation = Organisation.objects.defer("logo").get(pk=current_organisation_id())
    if sealed:
        content, fingerprint = seal(content, organisation, code, at)
    sha256 = hashlib.sha256(content).hexdigest()
    document, created = Document.objects.get_or_create(
        sha256=sha256,
        defaults={
            "kind": kind,
            "title": title[:200],
            "content": content,
            "code": code,
            "programme_id": programme_id,
            "about": about,
            "created_by": by,
            "created_at": at,
        },
    )
    if created:
        names = lock_names({"organisation": organisation.name, "people": people or []}, content)
        entry = {"code": document.code, "kind": kind, "certificate": fingerprint, "names": names, "created_at": at}
        Seal.objects.get_or_create(sha256=sha256, defaults=entry)
        audit.record("document made", on=document, by=by, at=at, kind=kind, sha256=sha256)
    return document


def seal(content: bytes, organisation: Organisation, code: str, at: datetime.datetime) -> tuple[bytes, str]:
    """The PDF with the organisation's seal, and the fingerprint of its certificate."""
    from .sealing import is_sealed_whole, seal_pdf  # takes a second to load, and most pages seal nothing

    key = seal_key_in_use(at)
    private_key = keys.take_out(bytes(key.private_key or b""), key.fingerprint)
    sealed = seal_pdf(
        content,
        bytes(key.certificate),
        private_key,
        organisation=organisation.name,
        reason=f"Document {code}, signed by all its parties",
    )
    # Nothing is called genuine later that did not pass the whole check now.
    if not is_sealed_whole(sealed, key.fingerprint):
        raise RuntimeError("A seal that was just made does not hold.")
    return sealed, key.fingerprint


def mark_replaced(document: Document) -> None:
    """From now on a check of this document says that a later one has taken its place."""
    Seal.objects.filter(sha256=document.sha256).update(state=SealState.REPLACED)


@transaction.atomic
def seal_key_in_use(now: datetime.datetime) -> SealKey:
    """The running organisation's key; made when there is none, which is so once."""
    return current_key() or make_seal_key(hold_organisation(), now)


@transaction.atomic
def renew_seal(*, by: Person | None, now: datetime.datetime) -> SealKey:
    """Seal with a new key from now on. The old one is destroyed; its certificate stays, and what it sealed stays genuine."""
    organisation = hold_organisation()
    SealKey.objects.filter(retired_at=None).update(retired_at=now, private_key=None)
    key = make_seal_key(organisation, now)
    audit.record("seal renewed", on=organisation, by=by, at=now, fingerprint=key.fingerprint)
    return key


def hold_organisation() -> Organisation:
    """The running organisation's row, so that two people who need a key at once make one."""
    return Organisation.objects.select_for_update().defer("logo").get(pk=current_organisation_id())


def make_seal_key(organisation: Organisation, now: datetime.datetime) -> SealKey:
    """Under the organisation's row: the key in use, made now unless somebody just did."""
    if known := current_key():
        return known
    private_key = keys.new_private_key()
    certificate = keys.new_certificate(private_key, keys.name_in_certificate(organisation), now)
    fingerprint = hashlib.sha256(certificate).hexdigest()
    return SealKey.objects.create(
        certificate=certificate,
        fingerprint=fingerprint,
        private_key=keys.lock_away(private_key, fingerprint),
        made_at=now,
    )


def current_key() -> SealKey | None:
    return SealKey.objects.filter(retired_at=None).first()


@transaction.atomic
def lock_seal_again() -> bool:
    """Put the running organisation's private key under today's SEAL_KEY. False where there is no key yet."""
    key = SealKey.objects.select_for_update().filter(retired_at=None).first()
    if key is None:
        return False
    key.private_key = keys.lock_away(keys.take_out(bytes(key.private_key or b""), key.fingerprint), key.fingerprint)
    key.save(update_fields=["private_key"])
    return True
