"""Reading what the demo's SMTP server caught."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default as modern
from pathlib import Path

ENVELOPE = "X-Envelope-To"  # the header that tells to whom a message was really sent
NAME = re.compile(r"\d{20}-[0-9a-f]{8}")
headers = BytesHeaderParser(policy=modern)


@dataclass(frozen=True)
class Caught:
    """One message on disk. Only its headers are read until more is asked for."""

    file: Path
    recipients: str
    sender: str
    subject: str

    @property
    def name(self) -> str:
        return self.file.stem

    @property
    def caught_at(self) -> datetime:
        return datetime.fromtimestamp(int(self.name[:20]) / 1e9, tz=UTC)

    @property
    def source(self) -> bytes:
        return self.file.read_bytes()

    @property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.source, policy=modern)
        assert isinstance(message, EmailMessage)
        return message

    def body(self, kind: str) -> str:
        """The text of the "plain" or "html" body; empty when there is none. Unreadable letters are shown as such."""
        part = self.message.get_body((kind,))
        if part is None:
            return ""
        try:
            return part.get_content()
        except (LookupError, UnicodeError):
            content = part.get_payload(decode=True)
            return content.decode(errors="replace") if isinstance(content, bytes) else ""

    def attachments(self) -> list[tuple[str, str, bytes]]:
        """File name, media type and content of each."""
        found = []
        for number, part in enumerate(self.message.iter_attachments(), start=1):
            content = part.get_payload(decode=True)
            data = content if isinstance(content, bytes) else part.as_bytes()
            found.append((part.get_filename() or f"attachment-{number}", part.get_content_type(), data))
        return found


def read_headers(file: Path) -> Caught:
    with file.open("rb") as opened:
        read = headers.parse(opened)
    return Caught(file, str(read[ENVELOPE] or ""), str(read["From"] or ""), str(read["Subject"] or "(no subject)"))


def newest_first(folder: Path, to: str = "") -> list[Path]:
    """The files of messages to addresses that hold these words; all without them, unread."""
    files = sorted((file for file in folder.glob("*.eml") if NAME.fullmatch(file.stem)), reverse=True)
    return [file for file in files if to.casefold() in read_headers(file).recipients.casefold()] if to else files


def find_caught(folder: Path, name: str) -> Caught | None:
    """The message of this name; None for any other name."""
    file = folder / f"{name}.eml"
    return read_headers(file) if NAME.fullmatch(name) and file.exists() else None
