"""Addresses of this deployment."""

from django.conf import settings

# First parts of a path that are the product's own, so that no organisation may take them as its slug.
RESERVED_SLUGS = frozenset(
    "accounts admin api apply brand caught-mail favicon.ico health help invitations media my offline platform privacy "
    "accessibility robots.txt setup sign-up start static styleguide survey surveys sw.js verify well-known www".split()
)


def absolute(path: str) -> str:
    """The full address of a path, for e-mails and PDFs."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"
