"""Every PDF that is kept: one byte string and its SHA-256."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel

# What was signed, and what a later printing replaced, is kept as long as its agreement (decisions 22, 27).
KEPT = """
    if exists (
        select from contracts_agreement a
        where a.id = old.about and coalesce(agreement_kept_until(a.id) >= current_date, true)) then
        raise exception 'what was signed is kept as long as was promised' using errcode = 'restrict_violation',
            constraint = 'signed_is_kept';
    end if;
    return old;
"""


@pghistory.track(exclude=["content", "title"])
class Document(TenantModel):
    """A rendered PDF, kept as the very bytes that people read. `about`: the agreement that it is a printing of, if any.

    The database refuses another SHA-256 than the content's, and refuses any change; a document goes only as a whole, and
    that of an agreement only after the day until which it is kept.
    """

    programme_id = models.UUIDField(null=True, blank=True)
    about = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    code = models.CharField(max_length=14)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sha256"], name="document_kept_once"),
            models.UniqueConstraint(fields=["organisation", "id", "sha256"], name="document_is_its_sha256"),
            models.CheckConstraint(
                condition=models.expressions.RawSQL(
                    "encode(sha256(content), 'hex') = sha256", [], models.BooleanField()
                ),
                name="document_sha256_is_the_contents",
            ),
        ]
        indexes = [models.Index(fields=["about"], condition=Q(about__isnull=False), name="document_about_an_agreement")]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(name="kept", when=pgtrigger.Before, operation=pgtrigger.Delete, func=KEPT),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track(exclude=["certificate", "private_key"])
class SealKey(TenantModel):
    """What an organisation seals its contracts with. One is in use; certificates of earlier ones are kept for ever.

    `certificate` is DER and `fingerprint` its SHA-256. `private_key` is locked under SEAL_KEY (keys.py), and gone from a
    key that is no longer in use, so that nobody can ever seal with it again.
    """

    certificate = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    private_key = models.BinaryField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="seal_key_kept_once"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(retired_at=None), name="seal_key_one_in_use"),
            models.CheckConstraint(
                condition=Q(retired_at=None, private_key__isnull=False)
                | Q(retired_at__gte=F("made_at"), private_key=None),
                name="seal_key_is_gone_when_retired",
            ),
            models.CheckConstraint(
                condition=models.expressions.RawSQL(
                    "encode(sha256(certificate), 'hex') = fingerprint", [], models.BooleanField()
                ),
                name="seal_key_fingerprint_is_the_certificates",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="certificate_never_changes", fields=["organisation", "certificate", "fingerprint", "made_at"]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Seal {self.fingerprint[:16]}"


class SealState(models.TextChoices):
    CURRENT = "current", "Current"
    REPLACED = "replaced", "Replaced by a later document"


class Seal(models.Model):
    """What anybody may learn of a document from its bytes or its code. Outside tenancy; no names, no content.

    certificate: the fingerprint of the one it was sealed with; empty for a document that bears no seal. names: who is
    named in it, locked so that only the document itself opens them (names.py).
    """

    code = models.CharField(max_length=14, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=SealState.choices, default=SealState.CURRENT)
    certificate = models.CharField(max_length=64, blank=True)
    names = models.BinaryField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=SealState.values), name="seal_state_known")]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="only_state_changes", fields=["code", "sha256", "kind", "certificate", "names", "created_at"]
            ),
        ]

    def __str__(self) -> str:
        return self.code
