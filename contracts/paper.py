"""A scan of a signed agreement: drawn again before it is kept, and never shown as a page of ours."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from mentoring.documents.answers import file_name
from mentoring.refusal import Refused

from .models import PaperCopy, PaperKind
from .redrawing import MOST_PAGES, NotDrawn, redraw

MOST_BYTES = 8_000_000
ASK = "Send a PDF, or a JPEG or PNG picture."
ENDINGS = {PaperKind.PDF: ".pdf", PaperKind.JPEG: ".jpg", PaperKind.PNG: ".png"}
FIRST_BYTES = {b"%PDF-": PaperKind.PDF, b"\xff\xd8\xff": PaperKind.JPEG, b"\x89PNG\r\n\x1a\n": PaperKind.PNG}


def read_scan(file: Any) -> tuple[PaperKind, bytes]:
    """What kind of file this is, by its own first bytes, and the same pages or picture drawn again (redrawing.py).

    Refuses what is none of three, too large, or cannot be read.
    """
    if file.size > MOST_BYTES:
        raise Refused(f"This file has {file.size / 1_000_000:.1f} MB. Send one of at most 8 MB.")
    content = file.read()
    kind = next((kind for first, kind in FIRST_BYTES.items() if content.startswith(first)), None)
    if kind is None:
        raise Refused(f"This file cannot be read here. {ASK}")
    try:
        return kind, redraw(kind, content)
    except NotDrawn:
        raise Refused(
            f"This file cannot be read here. A PDF must not ask for a password, nor have more than {MOST_PAGES} pages. "
            "You can photograph the pages instead."
        )


def scan_answer(scan: PaperCopy, name: str) -> HttpResponse:
    """A download, never opened inside a page of ours, whatever it holds."""
    answer = HttpResponse(bytes(scan.content), content_type=scan.kind)
    ending = ENDINGS[PaperKind(scan.kind)]
    answer.headers["Content-Disposition"] = content_disposition_header(
        True, file_name(name).removesuffix(".pdf") + ending
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
