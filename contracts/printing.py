"""The PDFs of an agreement: the one that is read and signed, and the sealed one with everybody's signature."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.documents import new_code, render_pdf, store_document
from mentoring.documents.actions import seal_key_in_use
from mentoring.documents.attachments import DataFile, as_data
from mentoring.documents.models import Document
from mentoring.documents.qr import qr_picture
from mentoring.wording import listed
from programmes.models import Programme

from .content import signed
from .models import Agreement, Signature, Version

FOR_SIGNING = "agreement for signing"
SIGNED = "signed agreement"


def print_version(agreement: Agreement, content: dict[str, Any], *, by: Person, now: datetime.datetime) -> Document:
    """The PDF that partners read before they sign, with room for their signatures."""
    return print_and_keep(agreement, FOR_SIGNING, content, {}, code=new_code(), by=by, now=now)


def print_contract(
    agreement: Agreement, version: Version, signatures: list[Signature], *, by: Person, now: datetime.datetime
) -> Document:
    """The same words with everybody's signature and a certificate of the evidence, sealed by the organisation."""
    code = new_code()
    evidence = evidence_of(version, signatures, code, now)
    people = [{name: one[name] for name in ("name", "role", "on")} for one in evidence["signatures"]]
    return print_and_keep(
        agreement, SIGNED, version.content, evidence, code=code, by=by, now=now, sealed=True, people=people
    )


def print_and_keep(
    agreement: Agreement,
    kind: str,
    content: dict[str, Any],
    evidence: dict[str, Any],
    *,
    code: str,
    by: Person,
    now: datetime.datetime,
    **register: Any,
) -> Document:
    """A printing of the agreement, kept as long as the agreement is. register: what `store_document` is to note of it."""
    programme, title = agreement.partnership.programme, title_of(content)
    return store_document(
        kind=kind,
        title=title,
        content=draw_pdf(programme, content, evidence, title=title, code=code, now=now),
        code=code,
        programme_id=programme.pk,
        about=agreement.pk,
        by=by,
        at=now,
        **register,
    )


def evidence_of(version: Version, signatures: list[Signature], code: str, now: datetime.datetime) -> dict[str, Any]:
    """What the certificate page says: who signed what, when and how, and how anybody can check it."""
    at = timezone.localtime(now)
    return {
        "signatures": [signed(signature) for signature in signatures],
        "signed_sha256": version.sha256,
        "signed_code": version.document.code,
        "sealed_on": date_format(at, "j F Y"),
        "sealed_at": date_format(at, "H:i T"),
        "certificate": seal_key_in_use(now).fingerprint,
        "check_at": absolute(f"/verify/?code={code}"),
    }


def title_of(content: dict[str, Any]) -> str:
    return f"{content['title']}: {listed([party['name'] for party in content['parties']])}"


def draw_pdf(
    programme: Programme,
    content: dict[str, Any],
    evidence: dict[str, Any],
    *,
    title: str,
    code: str,
    now: datetime.datetime,
) -> bytes:
    """The words, and what there is to say of signatures, as a PDF that carries the same as data."""
    picture = {"qr": qr_picture(evidence["check_at"])} if evidence else {}
    return render_pdf(
        "contracts/pdf/agreement.html",
        {
            "organisation": programme.organisation,
            "programme": programme,
            "code": code,
            "words": content,
            **evidence,
            **picture,
        },
        title=title,
        data=agreement_as_data({"document": code, **content, **evidence}, now),
    )


def agreement_as_data(data: dict[str, Any], now: datetime.datetime | None = None) -> DataFile:
    """The same words for machines, inside the PDF."""
    return as_data("agreement.json", data, "The agreement as data", made_at=now)
