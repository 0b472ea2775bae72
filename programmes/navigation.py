"""The few links at the top of a page: a co-ordinator's for those who run a programme, a participant's for those who take part."""

from typing import TypedDict

from django.urls import resolve

from mentoring.organisations.policy import Hat, allows

from .models import Degree, Programme


class Link(TypedDict):
    label: str
    url: str
    current: bool


TAKING_PART = {Hat.MENTOR, Hat.MENTEE, Hat.FACILITATOR}
# Label, URL name, and the cell of the policy table that shows the link.
PAGES = [
    ("Programme", "programmes:home", "plan", "R"),
    ("People", "recruitment:participants", "participant", "Rm"),
    ("Matching", "matching:home", "match proposal", "R"),
    ("Agreements", "contracts:home", "agreement states", "R"),
    ("Contracts", "contracts:named", "contracts as a party", "R"),
    ("Partnerships", "support:home", "partnership", "U"),
    ("Messages", "programmes:messages", "message", "R"),
    ("Evaluation", "evaluation:home", "evaluation", "R"),
]


def navigation(programme: Programme, hats: frozenset[Hat], path: str) -> list[Link]:
    """The links that these hats may follow, the deepest one that holds the path marked as current."""
    pages = [(label, programme.url(name)) for label, name, thing, verb in PAGES if allows(hats, thing, verb)]
    if hats & TAKING_PART:
        pages = [("My mentoring", "/my/"), *own_choice(programme, hats), *pages]
    here = max((url for _, url in pages if path.startswith(url)), key=len, default="")
    return [Link(label=label, url=url, current=url == here) for label, url in pages]


def own_choice(programme: Programme, hats: frozenset[Hat]) -> list[tuple[str, str]]:
    """Where somebody chooses for themselves, in a programme that lets them."""
    may = programme.degree != Degree.CENTRAL and allows(hats, "own choosing", "R")
    return [("Choosing", programme.url("choosing:own"))] if may else []


def may_open(url: str, hats: frozenset[Hat]) -> bool:
    """Whether these hats pass the gate of the page at this path."""
    policy = resolve(url).func.policy  # type: ignore[attr-defined]
    return allows(hats, policy.thing, policy.verb)
