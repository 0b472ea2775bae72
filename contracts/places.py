"""Where a signature comes from, for organisations that note it."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address
from django.http import HttpRequest

LONGEST = 300  # characters of what a browser says of itself


@dataclass(frozen=True)
class Place:
    """An internet address and a browser."""

    internet_address: str | None = None
    browser: str = ""

    def noted(self) -> dict[str, str | None]:
        """As fields of a signature."""
        return {"internet_address": self.internet_address, "browser": self.browser}


NOWHERE = Place()


def place_of(request: HttpRequest) -> Place:
    """As the connection says; behind a proxy that we trust, as it says: the last address it added, since anybody can send
    the ones before."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    address = told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        validate_ipv46_address(address)
    except ValidationError:
        address = ""
    browser = "".join(letter for letter in request.headers.get("User-Agent", "") if letter.isprintable())
    return Place(address or None, browser[:LONGEST])
