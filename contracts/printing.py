"""The PDFs of an agreement: the one that is read and signed, and the one with everybody's signature."""

import datetime
import json
from typing import Any

from mentoring.accounts.models import Person
from mentoring.documents import new_code, render_pdf, store_document
from mentoring.documents.attachments import DataFile
from mentoring.documents.models import Document
from programmes.models import Programme

from .content import signed
from .models import Agreement, Signature, Version

FOR_SIGNING = "agreement for signing"
SIGNED = "signed agreement"


def print_version(agreement: Agreement, content: dict[str, Any], *, by: Person, now: datetime.datetime) -> Document:
    """The PDF that partners read before they sign, with room for their signatures."""
    return print_pdf(agreement, content, FOR_SIGNING, {}, by=by, now=now)


def print_contract(
    agreement: Agreement, version: Version, signatures: list[Signature], *, by: Person, now: datetime.datetime
) -> Document:
    """The same words with everybody's signature, and the evidence of each."""
    evidence = {"signatures": [signed(signature) for signature in signatures], "signed_sha256": version.sha256}
    return print_pdf(agreement, version.content, SIGNED, evidence, by=by, now=now)


def print_pdf(
    agreement: Agreement,
    content: dict[str, Any],
    kind: str,
    evidence: dict[str, Any],
    *,
    by: Person,
    now: datetime.datetime,
) -> Document:
    """Draw the PDF and keep it."""
    programme, code = agreement.partnership.programme, new_code()
    title = title_of(content)
    pdf = draw_pdf(programme, content, evidence, title=title, code=code, now=now)
    return store_document(kind=kind, title=title, content=pdf, code=code, programme_id=programme.pk, by=by, at=now)


def title_of(content: dict[str, Any]) -> str:
    return f"{content['title']}: {' and '.join(party['name'] for party in content['parties'])}"


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
    return render_pdf(
        "contracts/pdf/agreement.html",
        {"organisation": programme.organisation, "programme": programme, "code": code, "words": content, **evidence},
        title=title,
        attachments=[data_file({**content, **evidence}, now)],
    )


def data_file(data: dict[str, Any], now: datetime.datetime) -> DataFile:
    """The same words for machines, inside the PDF."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return DataFile("agreement.json", text, "The agreement as data", made_at=now)
