"""Keeping PDFs and saying later what became of them."""

import datetime
import hashlib
from typing import Any

from django.db import transaction

from mentoring import audit
from mentoring.accounts.models import Person

from .codes import new_code
from .models import Document, Seal, SealState


@transaction.atomic
def store_document(
    *,
    kind: str,
    title: str,
    content: bytes,
    by: Person | None,
    at: datetime.datetime,
    programme_id: Any = None,
    code: str = "",
) -> Document:
    """Keep a PDF and enter it in the register of genuine documents. The same bytes again are the document kept first.

    code: the one printed on it (from `new_code`); a document that prints none still has one.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    document, created = Document.objects.get_or_create(
        sha256=sha256,
        defaults={
            "kind": kind,
            "title": title[:200],
            "content": content,
            "code": code or new_code(),
            "programme_id": programme_id,
            "created_by": by,
            "created_at": at,
        },
    )
    if created:
        Seal.objects.get_or_create(sha256=sha256, defaults={"code": document.code, "kind": kind, "created_at": at})
        audit.record("document made", on=document, by=by, at=at, kind=kind, sha256=sha256)
    return document


def mark_replaced(document: Document) -> None:
    """From now on a check of this document says that a later one has taken its place."""
    Seal.objects.filter(sha256=document.sha256).update(state=SealState.REPLACED)
