"""Turning a template into a PDF: the same input gives the same bytes, without the network and without the disk."""

import hashlib
import re
import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

from mentoring.addresses import absolute

from .attachments import DataFile
from .fetching import BundledFetcher
from .identity import identifier

VARIANT = "pdf/a-3a"
ACCENT = "#175A63"
# Anything but Latin letters, their marks, and punctuation.
BEYOND_LATIN = re.compile(r"[^\u0000-\u024f\u0300-\u036f\u2010-\u2027\u2030-\u205f\u20a0-\u20bf\u2122]")
# Pango's font map is shared by every rendering of this process, so they take turns.
_turn = threading.Lock()


def render_pdf(
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    language: str = "en-GB",
    attachments: Sequence[DataFile] = (),
) -> bytes:
    """The template as a tagged PDF/A-3a with bundled fonts. The same input always gives the same bytes.

    The template extends "documents/pdf/base.html". What it shows is escaped text; addresses in it are never fetched.
    """
    with translation.override(language.lower()):
        html = render_to_string(template, {**frame(context), **context, "title": title, "language": language})
    return to_pdf(html, attachments, identifier(context["code"]) if context.get("code") else b"")


def frame(context: dict[str, Any]) -> dict[str, Any]:
    """What the base template needs beside the document's own words."""
    organisation = context.get("organisation")
    accent = getattr(organisation, "accent", "")
    return {
        "accent": accent if re.fullmatch(r"#[0-9a-fA-F]{6}", accent) else ACCENT,
        "verify_address": re.sub(r"^https?://", "", absolute("/verify/")),
    }


def to_pdf(html: str, attachments: Sequence[DataFile] = (), name: bytes = b"") -> bytes:
    """HTML as PDF/A-3a. The file knows itself by these sixteen bytes, or else by a hash of its content."""
    with _turn:
        fonts, styles, fetcher = prepared(bool(BEYOND_LATIN.search(html)))
        return HTML(string=html, base_url="asset:", url_fetcher=fetcher).write_pdf(
            stylesheets=styles,
            font_config=fonts,
            attachments=[attached(file) for file in attachments],
            pdf_variant=VARIANT,
            pdf_identifier=name or hashlib.sha256(html.encode()).digest()[:16],
        )


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
