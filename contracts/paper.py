"""A scan of a signed agreement: looked at before it is kept, and never shown as a page of ours."""

import io
import warnings
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from PIL import Image

from mentoring.documents.answers import file_name
from mentoring.refusal import Refused

from .models import PaperCopy, PaperKind

MOST_BYTES = 8_000_000
MOST_PIXELS = 60_000_000
ASK = "Send a PDF, or a JPEG or PNG picture."
ENDINGS = {PaperKind.PDF: ".pdf", PaperKind.JPEG: ".jpg", PaperKind.PNG: ".png"}
PICTURES = {PaperKind.JPEG: "JPEG", PaperKind.PNG: "PNG"}
FIRST_BYTES = {b"%PDF-": PaperKind.PDF, b"\xff\xd8\xff": PaperKind.JPEG, b"\x89PNG\r\n\x1a\n": PaperKind.PNG}


def read_scan(file: Any) -> tuple[PaperKind, bytes]:
    """What kind of file this is, by its own first bytes, and all of it. Refuses what is none of three, or too large."""
    if file.size > MOST_BYTES:
        raise Refused(f"This file has {file.size / 1_000_000:.1f} MB. Send one of at most 8 MB.")
    content = file.read()
    kind = next((kind for first, kind in FIRST_BYTES.items() if content.startswith(first)), None)
    if kind is None or not is_whole(kind, content):
        raise Refused(f"This file cannot be read here. {ASK}")
    return kind, content


def is_whole(kind: PaperKind, content: bytes) -> bool:
    """A PDF has an end; a picture can be decoded by the one decoder that is asked, and is not a bomb."""
    if kind == PaperKind.PDF:
        return b"%%EOF" in content[-2048:]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=[PICTURES[kind]]) as picture:
                small = picture.width * picture.height <= MOST_PIXELS
                picture.verify()
                return small
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return False


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
