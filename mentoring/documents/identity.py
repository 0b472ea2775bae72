"""What a file says it is: its fingerprint, and the code that stands in its identifier.

A PDF's identifier stays when other software saves the file again, so a changed document still says which it was.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .codes import LENGTH, LETTERS, grouped
from .names import PREFIX

MARK = "SIDE"  # with the twelve letters of a code: the sixteen bytes of an identifier
PLAIN = re.compile(rf"/ID\s*\[\s*\({MARK}([{LETTERS}]{{{LENGTH}}})\)".encode())
AS_HEXADECIMAL = re.compile(rf"/ID\s*\[\s*<{MARK.encode().hex()}([0-9a-f]{{{2 * LENGTH}}})>".encode(), re.IGNORECASE)
OVERLAP = 128  # bytes: an identifier may lie across two pieces of a file


@dataclass(frozen=True)
class Identity:
    """A file's SHA-256, the key to its names, and the code it says it has."""

    sha256: str
    names_key: bytes = b""
    code: str = ""


def identifier(code: str) -> bytes:
    """The sixteen bytes by which a PDF with this code knows itself."""
    return (MARK + code.replace("-", "")).encode()


def code_in(piece: bytes) -> str:
    """The code in a piece of a file, or nothing."""
    if found := PLAIN.search(piece):
        return grouped(found[1].decode())
    if found := AS_HEXADECIMAL.search(piece):
        letters = bytes.fromhex(found[1].decode()).decode("latin-1")
        return grouped(letters) if set(letters) <= set(LETTERS) else ""
    return ""


class Reader:
    """Takes a file piece by piece and keeps none of it."""

    def __init__(self) -> None:
        self.whole, self.names = hashlib.sha256(), hashlib.sha256(PREFIX)
        self.tail, self.code = b"", ""

    def take(self, piece: bytes) -> None:
        self.whole.update(piece)
        self.names.update(piece)
        seen = self.tail + piece
        self.code = self.code or code_in(seen)
        self.tail = seen[-OVERLAP:]

    def identity(self) -> Identity:
        return Identity(self.whole.hexdigest(), self.names.digest(), self.code)


def identify(pieces: Iterable[bytes]) -> Identity:
    reader = Reader()
    for piece in pieces:
        reader.take(piece)
    return reader.identity()
