"""Every PDF that is kept: one byte string and its SHA-256."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel


@pghistory.track(exclude=["content"])
class Document(TenantModel):
    """A rendered PDF, kept as the very bytes that people read.

    The database refuses another SHA-256 than the content's, and refuses any change; a document goes only as a whole.
    """

    programme_id = models.UUIDField(null=True, blank=True)
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
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.title


class SealState(models.TextChoices):
    CURRENT = "current", "Current"
    REPLACED = "replaced", "Replaced by a later document"


class Seal(models.Model):
    """What anybody may learn of a document from its bytes or its code. Outside tenancy; no names, no content."""

    code = models.CharField(max_length=14, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=SealState.choices, default=SealState.CURRENT)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=SealState.values), name="seal_state_known")]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="only_state_changes", fields=["code", "sha256", "kind", "created_at"]),
        ]

    def __str__(self) -> str:
        return self.code
