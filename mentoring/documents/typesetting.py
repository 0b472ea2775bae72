"""From HTML to a PDF, without Django: what a process does for itself, and what another one does for it (decision 26).

`python -m mentoring.documents.typesetting` reads HTML and the data that travels in it, as JSON, from its standard input, and writes
the PDF, within bounds.
"""

import hashlib
import json
import re
import resource
import sys
import threading
import unicodedata
from functools import cache
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

from .attachments import DataFile
from .fetching import BundledFetcher

VARIANT = "pdf/a-3a"
SECONDS, MEMORY = 60, 1_500_000_000  # of a processor; bytes: for a document that is drawn apart
# Anything but Latin letters, their marks, and punctuation.
BEYOND_LATIN = re.compile(r"[^\u0000-\u024f\u0300-\u036f\u2010-\u2027\u2030-\u205f\u20a0-\u20bf\u2122]")
# Pango's font map is shared by every rendering of this process, so they take turns.
_turn = threading.Lock()


def to_pdf(html: str, data: DataFile, name: bytes = b"") -> bytes:
    """HTML as PDF/A-3a. The file knows itself by these sixteen bytes, or else by a hash of its content."""
    with _turn:
        wide = bool(BEYOND_LATIN.search(html))
        fonts, styles, fetcher = prepared(wide)
        document = HTML(string=html, base_url="asset:", url_fetcher=fetcher)
        if wide:
            set_directions(document.etree_element)
        return document.write_pdf(
            stylesheets=styles,
            font_config=fonts,
            attachments=[attached(data)],
            pdf_variant=VARIANT,
            pdf_identifier=name or hashlib.sha256(html.encode()).digest()[:16],
        )


def set_directions(document: Any) -> None:
    """What has `dir="auto"` runs as its first letter does: browsers see to that themselves, WeasyPrint does not."""
    for element in document.iterfind(".//*[@dir='auto']"):
        letters = (unicodedata.bidirectional(letter) for words in element.itertext() for letter in words)
        first = next((kind for kind in letters if kind in ("L", "R", "AL")), "L")
        element.set("dir", "ltr" if first == "L" else "rtl")


@cache
def prepared(wide: bool = False) -> tuple[FontConfiguration, list[CSS], BundledFetcher]:
    """Fonts and stylesheets, read once in a process: that is two thirds of the time of a short document.

    wide: with the faces of other alphabets, for a document that has letters of them.
    """
    fonts, fetcher = FontConfiguration(), BundledFetcher()
    names = ["document.css", *(["document-wide.css"] if wide else [])]
    return fonts, [CSS(url=f"asset:{name}", url_fetcher=fetcher, font_config=fonts) for name in names], fetcher


def attached(file: DataFile) -> Attachment:
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        relationship="Data",
        created=file.made_at,
        modified=file.made_at,
    )


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    given = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(to_pdf(given["html"], DataFile.unpacked(given["data"])))


if __name__ == "__main__":
    main()
