"""What travels inside a PDF."""

import datetime
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DataFile:
    """A file that travels inside a PDF, such as the same content for machines to read."""

    name: str
    content: str
    description: str
    made_at: datetime.datetime


def as_data(name: str, data: Any, description: str, *, made_at: datetime.datetime) -> DataFile:
    """What a document says, for machines: a JSON file in plain letters."""
    return DataFile(name, json.dumps(data, ensure_ascii=False, indent=2), description, made_at)
