"""What every page knows: where it is, who is asking, whom to ask for help."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Names that templates use. The gate put them on the request; a page outside any programme has fewer."""
    programme = getattr(request, "programme", None)
    return {
        "organisation": getattr(request, "organisation", None),
        "programme": programme,
        "partnership": getattr(request, "partnership", None),
        "hats": getattr(request, "hats", frozenset()),
        "navigation": getattr(request, "navigation", None) or [],
        "contact": getattr(request, "contact", None),
        "demo": settings.DEMO,
    }
