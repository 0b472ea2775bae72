"""What travels with a message. The step that promised it finds the file when the message is sent; no copy waits in between."""

from collections.abc import Callable
from dataclasses import dataclass

from .models import Message


@dataclass(frozen=True)
class Enclosure:
    """A file in a message."""

    name: str
    content: bytes
    content_type: str = "application/pdf"


Find = Callable[[Message], Enclosure | None]
_finders: dict[str, Find] = {}


def encloses(kind: str) -> Callable[[Find], Find]:
    """Register a function that finds what travels with messages of this kind."""

    def register(function: Find) -> Find:
        _finders[kind] = function
        return function

    return register


def enclosure_of(message: Message) -> Enclosure | None:
    find = _finders.get(message.kind)
    return find(message) if find else None
