"""Every PDF that is kept: one byte string and its SHA-256."""

import pghistory
from django.db import models
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel


@pghistory.track(exclude=["content"])
class Document(TenantModel):
    """A rendered PDF, kept as the very bytes that people read. The database refuses another SHA-256 than the content's."""

    programme_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.expressions.RawSQL("encode(sha256(content), 'hex') = sha256", [], models.BooleanField()),
                name="document_sha256_is_the_contents",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "sha256"])]

    def __str__(self) -> str:
        return self.title
