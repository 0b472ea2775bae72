"""Turning a template into a PDF: the same input gives the same bytes, without the network and without the disk."""

import json
import re
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from mentoring.addresses import absolute
from mentoring.apart import run_apart

from .attachments import DataFile
from .identity import identifier
from .typesetting import SECONDS, to_pdf

ACCENT = "#175A63"


def render_pdf(
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    data: DataFile,
    language: str = "en-GB",
) -> bytes:
    """The template as a tagged PDF/A-3a with bundled fonts and what it says as data. The same input gives the same bytes.

    The template extends "documents/pdf/base.html". What it shows is escaped text; addresses in it are never fetched.
    """
    html = set_in_html(template, context, title, language)
    return to_pdf(html, data, identifier(context["code"]) if context.get("code") else b"")


def render_long_pdf(
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    data: DataFile,
    language: str = "en-GB",
) -> bytes:
    """The same for a document of many pages: drawn by a process of its own, so that no memory of it stays in this one.

    Raises `Failed` (mentoring/apart.py) when that process cannot draw it within its bounds.
    """
    return to_pdf_apart(set_in_html(template, context, title, language), data)


def to_pdf_apart(html: str, data: DataFile) -> bytes:
    """The same bytes as `to_pdf` would give, a second and a half later."""
    given = {"html": html, "data": data.packed()}
    return run_apart("mentoring.documents.typesetting", content=json.dumps(given).encode(), seconds=SECONDS)


def set_in_html(template: str, context: dict[str, Any], title: str, language: str) -> str:
    with translation.override(language.lower()):
        return render_to_string(template, {**frame(context), **context, "title": title, "language": language})


def frame(context: dict[str, Any]) -> dict[str, Any]:
    """What the base template needs beside the document's own words."""
    organisation = context.get("organisation")
    accent = getattr(organisation, "accent", "")
    return {
        "accent": accent if re.fullmatch(r"#[0-9a-fA-F]{6}", accent) else ACCENT,
        "verify_address": re.sub(r"^https?://", "", absolute("/verify/")),
    }
