"""The caught-mail pages. They exist in the demo only, and show what the demo's own SMTP server was given."""

import re

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from mentoring.organisations.gates import public_page

from .caught import Caught, find_caught, newest_first, read_headers

PAGE = 25
HEAD = re.compile(r"<head[^>]*>|^(?!.*<head)", re.IGNORECASE | re.DOTALL)  # or the beginning of a body without one
# Nothing in a message may run, send a form or load anything; its links open in another window.
SANDBOX = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


def get_caught_or_404(name: str) -> Caught:
    caught = find_caught(settings.CAUGHT_MAIL, name)
    if caught is None:
        raise Http404
    return caught


@public_page
@require_safe
def list_messages(request: HttpRequest) -> HttpResponse:
    """Newest first; `to` narrows them to a recipient."""
    to = request.GET.get("to", "").strip()
    page = Paginator(newest_first(settings.CAUGHT_MAIL, to), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "caught": [read_headers(file) for file in page.object_list], "to": to}
    return render(request, "demo/caught_mail.html", context)


@public_page
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know no addresses
def read_message(request: HttpRequest, name: str) -> HttpResponse:
    caught = get_caught_or_404(name)
    context = {
        "caught": caught,
        "plain": caught.body("plain"),
        "has_html": bool(caught.body("html")),
        "attachments": caught.attachments(),
    }
    return render(request, "demo/message.html", context)


@public_page
@require_safe
@xframe_options_sameorigin
@csp(SANDBOX)  # type: ignore[arg-type]
def read_html(request: HttpRequest, name: str) -> HttpResponse:
    """The message as a mail programme would draw it, unable to do anything. Shown in a frame of `read_message`."""
    body = get_caught_or_404(name).body("html")
    if not body:
        raise Http404
    return HttpResponse(HEAD.sub(r'\g<0><base target="_blank">', body, count=1))


@public_page
@require_safe
def download_message(request: HttpRequest, name: str) -> HttpResponse:
    """The message as it was sent, every header included."""
    return download(get_caught_or_404(name).source, f"{name}.eml")


@public_page
@require_safe
def download_attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    attachments = get_caught_or_404(name).attachments()
    if not 1 <= number <= len(attachments):
        raise Http404
    filename, _, content = attachments[number - 1]
    return download(content, filename)


def download(content: bytes, filename: str) -> HttpResponse:
    """To be saved, never shown: what a message holds is nobody's word."""
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    return HttpResponse(
        content,
        headers={"Content-Type": "application/octet-stream", "Content-Disposition": disposition or "attachment"},
    )
