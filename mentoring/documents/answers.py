"""How a PDF is handed over."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename

LONGEST_NAME = 80  # characters


def pdf_answer(content: bytes | memoryview, name: str) -> HttpResponse:
    """A download under a name made of these words; never shown inside a page of ours."""
    answer = HttpResponse(bytes(content), content_type="application/pdf")
    answer.headers["Content-Disposition"] = content_disposition_header(True, file_name(name))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def file_name(words: str) -> str:
    """`Agreement Sŵn and Mor` becomes `agreement-sŵn-and-mor.pdf`."""
    plain = "-".join(words.lower().split())[:LONGEST_NAME].strip("-.") or "document"
    return f"{get_valid_filename(plain)}.pdf"
