"""What travels inside a PDF."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class DataFile:
    """A file that travels inside a PDF, such as the same content for machines to read."""

    name: str
    content: str
    description: str
    made_at: datetime.datetime
