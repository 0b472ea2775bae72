"""The few links at the top of an organisation's pages."""

from typing import TypedDict

from django.urls import reverse

from .models import Organisation
from .policy import Hat, allows


class Link(TypedDict):
    label: str
    url: str
    current: bool


# Label, URL name, and the cell of the policy table that shows the link.
PAGES = [
    ("Programmes", "organisations:home", "organisation home", "R"),
    ("People and roles", "organisations:members", "roles", "R"),
    ("Agreements", "wording:templates", "organisation agreements", "R"),
    ("Partner organisations", "organisations:partners", "roles", "R"),
    ("Complaints", "help_desk:complaints", "complaint", "R"),
    ("Safeguarding", "help_desk:lead", "safeguarding lead", "U"),
    ("Settings", "organisations:settings", "organisation profile", "U"),
]


def navigation(organisation: Organisation, hats: frozenset[Hat], path: str) -> list[Link]:
    """The links that these hats may follow; none where there is only one. The one that holds the path is current.

    Every address of an organisation begins with its home's: that one is current on its own page alone.
    """
    pages = [
        (label, reverse(name, kwargs={"organisation": organisation.slug}))
        for label, name, thing, verb in PAGES
        if allows(hats, thing, verb)
    ]
    home = reverse("organisations:home", kwargs={"organisation": organisation.slug})
    here = next((url for _, url in pages if url == path or (url != home and path.startswith(url))), "")
    return [Link(label=label, url=url, current=url == here) for label, url in pages] if len(pages) > 1 else []
