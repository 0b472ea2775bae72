"""Bases of tables: keys, and rows with sealed words."""

import json
from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentoring.organisations.models import TenantModel

from . import boxes
from .fields import SealedField


class SealingKey(TenantModel):
    """A key for one circle of readers, wrapped by a master key. Without history: a destroyed key must be gone.

    A model that derives from it says in `owner` whose key it is.
    """

    wrapped = models.BinaryField(null=True)
    master = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, destroyed_at=None)
                | Q(wrapped__isnull=True, destroyed_at__isnull=False),
                name="%(class)s_there_or_destroyed",
            )
        ]

    @classmethod
    def make(cls, **owner: Any) -> Self:
        """A new key, not saved yet."""
        key = cls(**owner)
        key.wrap(boxes.new_key())
        return key

    @property
    def owner(self) -> str:
        raise NotImplementedError

    @property
    def place(self) -> str:
        return f"{self.organisation_id}|{self._meta.db_table}|{self.pk}|{self.owner}"

    @property
    def is_destroyed(self) -> bool:
        return self.wrapped is None

    @cached_property
    def secret(self) -> bytes:
        """The key itself. Refused where its row was tampered with or its master key is not there."""
        return boxes.reopen(boxes.master(self.master).secret, bytes(self.wrapped or b""), self.place)

    def wrap(self, secret: bytes) -> None:
        newest = boxes.newest_master()
        self.master, self.wrapped = newest.name, boxes.close(newest.secret, secret, self.place)

    def wrap_again(self) -> None:
        """Put the key under the newest master key. What it has sealed stays as it is."""
        self.wrap(self.secret)


class WithKey(models.Manager):
    """Rows come with their key, so that a page of them costs one query."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("key")


class Sealed(TenantModel):
    """A row whose `words` the database cannot read.

    A model that derives from it has a foreign key `key` to its `SealingKey`. The ciphertext is bound to organisation,
    key, table, row and version: moved to another row, or an old one put back, it does not open.
    """

    words: "models.Field[Any, Any]" = SealedField()
    version = models.PositiveIntegerField(default=0)

    key: Any
    objects = WithKey()

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        return f"{self.organisation_id}|{self.key.owner}|{self._meta.db_table}|{self.pk}|{self.version}"

    def close(self, content: bytes) -> bytes:
        return boxes.close(self.key.secret, content, self.place)

    def open(self, closed: bytes) -> Any:
        """The words; none where the key was destroyed. Refuses what does not belong here."""
        return {} if self.key.is_destroyed else json.loads(boxes.reopen(self.key.secret, closed, self.place))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Seal the words under a new version."""
        getattr(self, "words")  # opened under the old one
        self.version += 1
        super().save(*args, **kwargs)
