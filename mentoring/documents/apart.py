"""A long document is drawn by a process of its own, which leaves with all the memory it took (decision 26)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "mentoring.documents.typesetting"]
SECONDS, MEMORY = 60, 1_500_000_000  # of a processor; bytes


class NotDrawn(Exception):
    """The document could not be drawn within bounds."""


def to_pdf_apart(html: str) -> bytes:
    """The same bytes as `to_pdf` would give. Takes a second and a half longer, and nothing of it stays here."""
    try:
        done = subprocess.run(
            COMMAND, input=html.encode(), capture_output=True, cwd=ROOT, timeout=2 * SECONDS, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
        raise NotDrawn((failure.stderr or b"").decode(errors="replace")[-500:])
    return done.stdout
