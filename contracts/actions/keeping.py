"""Letting go of agreements, when they have been kept as long as was promised and not a day before (decisions 22 and 27)."""

import datetime

from django.db import transaction

from contracts import queries
from contracts.models import Decline, PaperCopy, Signature, Version
from contracts.printing import SIGNED
from mentoring import audit
from mentoring.documents.models import Document
from mentoring.refusal import Refused
from programmes.models import Partnership


@transaction.atomic
def delete_agreements(partnership: Partnership, *, now: datetime.datetime) -> int:
    """Delete every agreement of a partnership with its versions, signatures, scans and PDFs. Returns how many PDFs.

    The trail keeps the SHA-256 of what all had signed, and the register goes on to know it: who holds a contract can still
    have it checked. Refused while the partnership goes on, or until the latest of its dates has passed; the database
    refuses it too.
    """
    held = queries.partnerships_past_keeping(now).select_for_update(of=("self",)).filter(pk=partnership.pk).first()
    if held is None:
        raise Refused("The agreements of this partnership are still kept.")
    agreements = list(held.agreements.order_by("-opened_at"))
    documents = Document.objects.filter(about__in=[agreement.pk for agreement in agreements])
    signed = list(documents.filter(kind=SIGNED).order_by("created_at").values_list("sha256", flat=True))
    versions = Version.objects.filter(agreement__partnership=held)
    for model in (Signature, PaperCopy, Decline):
        model.objects.filter(version__in=versions).delete()
    versions.delete()
    for agreement in agreements:  # the latest first: it names the one it followed
        agreement.delete()
    deleted, _ = documents.delete()
    audit.record("agreements deleted", on=held, by=None, at=now, agreements=len(agreements), contracts=signed)
    return deleted


def delete_what_is_over(now: datetime.datetime) -> int:
    """Delete what need no longer be kept in the running organisation. Returns of how many partnerships."""
    over = list(queries.partnerships_past_keeping(now))
    for partnership in over:
        delete_agreements(partnership, now=now)
    return len(over)
