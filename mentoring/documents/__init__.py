"""Every PDF: rendered from a bundled template, kept as the bytes that people read, and told apart from a changed one.

    content = documents.render_pdf("support/pdf/record.html", {"record": record, "code": code}, title="Record", data=data)
    document = documents.store_document(kind="progress record", title="", content=content, code=code, by=person, at=at)

Templates extend "documents/pdf/base.html". A document whose context has a `code` (from `new_code`) prints it at the
foot of each page; pass the same code to `store_document`. What it says travels in it as data (`attachments.as_data`).
"""

from typing import Any


def render_pdf(template: str, context: dict[str, Any], *, title: str, **options: Any) -> bytes:
    """A template as a tagged PDF/A-3a; see `mentoring.documents.rendering.render_pdf`."""
    from .rendering import render_pdf as render

    return render(template, context, title=title, **options)


def render_long_pdf(template: str, context: dict[str, Any], *, title: str, **options: Any) -> bytes:
    """A document of many pages, drawn apart; see `mentoring.documents.rendering.render_long_pdf`."""
    from .rendering import render_long_pdf as render

    return render(template, context, title=title, **options)


def store_document(**what: Any) -> Any:
    """Keep a rendered PDF; see `mentoring.documents.actions.store_document`."""
    from .actions import store_document as store

    return store(**what)


def new_code() -> str:
    """A short code to print on a document; see `mentoring.documents.codes.new_code`."""
    from .codes import new_code as draw

    return draw()
