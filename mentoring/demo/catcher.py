"""A real SMTP server on loopback that keeps every message as a file, and delivers none."""

import secrets
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from .caught import ENVELOPE


class Keeper:
    """Writes each message to the folder under a name that sorts by time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        unfinished = self.folder / f".{name}"
        recipients = ", ".join(envelope.rcpt_tos).encode()
        unfinished.write_bytes(b"%s: %s\r\n%s" % (ENVELOPE.encode(), recipients, envelope.original_content or b""))
        unfinished.rename(self.folder / f"{name}.eml")
        return "250 Kept"


def catch_mail(folder: Path, port: int) -> Controller:
    """Start the server in a thread. `stop()` of what is returned ends it."""
    folder.mkdir(parents=True, exist_ok=True)
    controller = Controller(Keeper(folder), hostname="127.0.0.1", port=port)
    controller.start()
    return controller
