"""A request that a gate has let in, for type checks: what a view may read from it, and nothing at run time."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from mentoring.accounts.models import Person
    from mentoring.organisations.models import Membership, Organisation
    from mentoring.organisations.policy import Hat
    from programmes.models import Member, Partnership, Programme


class Visit(HttpRequest):
    """Who asks, wearing which hats, and the organisation, programme and partnership that the address names.

    `person` is None on public pages that nobody signed in to; what the address does not name is not there.
    """

    person: "Person | Any"
    organisation: "Organisation"
    memberships: "list[Membership]"
    hats: "frozenset[Hat]"
    programme: "Programme"
    partnership: "Partnership"
    member: "Member | None"
    contact: "Person | Any"
    navigation: Any
