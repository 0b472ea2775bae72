"""Pages that say what went wrong, and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token, usually because the page was open for very long."""
    return render(request, "403.html", status=403)


