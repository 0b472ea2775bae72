"""What travels inside a PDF."""

import datetime
import json
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class DataFile:
    """A file that travels inside a PDF, such as the same content for machines to read."""

    name: str
    content: str
    description: str
    made_at: datetime.datetime

    def packed(self) -> list[str]:
        """As JSON takes it, for another process."""
        return [self.name, self.content, self.description, self.made_at.isoformat()]

    @classmethod
    def unpacked(cls, packed: list[str]) -> Self:
        name, content, description, made_at = packed
        return cls(name, content, description, datetime.datetime.fromisoformat(made_at))


def as_data(name: str, data: Any, description: str, *, made_at: datetime.datetime | None = None) -> DataFile:
    """What a document says, for machines: a JSON file in plain letters.

    Without a moment it is of the beginning of today, so that a document drawn twice in a day is the same file.
    """
    from django.utils import timezone  # a process that sets type unpacks files without Django

    at = made_at or timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return DataFile(name, json.dumps(data, ensure_ascii=False, indent=2, default=str), description, at)
