"""Addresses of this deployment."""

from django.conf import settings
from django.urls.converters import SlugConverter

# First parts of a path that are the product's own, so that no organisation may take them as its slug.
RESERVED_SLUGS = frozenset(
    [
        "accounts",
        "admin",
        "api",
        "apply",
        "brand",
        "caught-mail",
        "favicon.ico",
        "health",
        "help",
        "invitations",
        "mail",
        "manifest.webmanifest",
        "media",
        "my",
        "offline",
        "platform",
        "privacy",
        "accessibility",
        "robots.txt",
        "setup",
        "sign-up",
        "start",
        "static",
        "styleguide",
        "survey",
        "surveys",
        "sw.js",
        "verify",
        "well-known",
        "www",
    ]
)

# Second parts of a path that are an organisation's own pages, so that no programme may take them as its slug.
RESERVED_PROGRAMME_SLUGS = frozenset(
    [
        "settings",
        "members",
        "invitations",
        "partners",
        "agreements",
        "programmes",
        "new",
        "start",
        "history",
        "export",
        "concerns",
        "complaints",
        "lead",
    ]
)


class OrganisationSlug(SlugConverter):
    """A slug that an organisation can have: none of the product's own addresses."""

    def to_python(self, value: str) -> str:
        if value in RESERVED_SLUGS:
            raise ValueError(f"“{value}” is not an organisation's.")
        return value


# Paths that are answered without asking who the visitor is.
WITHOUT_VISITOR = ("/static/", "/sw.js", "/health/")


def absolute(path: str) -> str:
    """The full address of a path, for e-mails and PDFs."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"
