"""Gates for pages of a programme and of a partnership."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.functional import SimpleLazyObject

from mentoring.organisations.gates import (
    View,
    ask_to_sign_in,
    enter_organisation,
    gate,
    require,
    second_factor_missing,
)
from mentoring.organisations.models import Membership, Role
from mentoring.organisations.policy import Hat, Policy
from mentoring.visit import Visit

from .models import Participant, ParticipantState, Partnership, Programme
from .navigation import navigation
from .queries import contact_of, membership_in, with_members

ROLE_HATS = {
    Role.COORDINATOR: Hat.COORDINATOR,
    Role.SPONSOR: Hat.SPONSOR,
    Role.FACILITATOR: Hat.FACILITATOR,
    Role.PARTNER: Hat.PARTNER,
}
PARTICIPANT_HATS = {"mentor": Hat.MENTOR, "mentee": Hat.MENTEE, "facilitator": Hat.FACILITATOR}


def programme_page(thing: str, verb: str) -> Callable[[View], View]:
    """A page of the programme named in the address, for the hats that the policy table allows."""

    def admit(request: Visit, address: dict[str, Any]) -> HttpResponse | tuple[Any, ...]:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        programme = enter_programme(request, address)
        require(request, thing, verb)
        return second_factor_missing(request, request.hats) or (programme,)

    return gate(Policy("programme", thing, verb), admit)


def public_programme_page(view: View) -> View:
    """A page of a programme that anybody may open: application forms, surveys."""

    def admit(request: Visit, address: dict[str, Any]) -> HttpResponse | tuple[Any, ...]:
        return (enter_programme(request, address),)

    return gate(Policy("public programme"), admit)(view)


def partnership_page(thing: str, verb: str) -> Callable[[View], View]:
    """A page of one partnership, for its members and for the hats that the policy table allows.

    A co-ordinator has no co-ordinator's rights over a partnership of her own (permissions.md, rule 3).
    """

    def admit(request: Visit, address: dict[str, Any]) -> HttpResponse | tuple[Any, ...]:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        programme = enter_programme(request, address)
        partnership = find_partnership(programme, address.pop("partnership"))
        request.partnership = partnership
        member = membership_in(partnership, request.person)
        request.member = member if member and member.left_at is None else None  # who left is no member any more
        request.hats = partnership_hats(request)
        require(request, thing, verb)
        return second_factor_missing(request, request.hats) or (partnership,)

    return gate(Policy("partnership", thing, verb), admit)


def enter_programme(request: Visit, address: dict[str, Any]) -> Programme:
    """Find the programme of the address inside its organisation, and the hats the visitor wears in it."""
    organisation = enter_organisation(request, address)
    programme = Programme.objects.filter(slug=address.pop("programme")).first()
    if programme is None:
        raise Http404
    programme.organisation = organisation
    request.programme = programme
    request.hats = programme_hats(programme, request)
    request.contact = None if Hat.COORDINATOR in request.hats else SimpleLazyObject(lambda: contact_of(programme))
    request.navigation = navigation(programme, request.hats, request.path)
    return programme


def programme_hats(programme: Programme, request: Visit) -> frozenset[Hat]:
    """What the visitor is in this programme: organisation-wide roles, roles in it, and taking part in it."""
    hats = {Hat.ANYONE}
    for membership in request.memberships:
        hats |= membership_hats(membership, programme)
    if request.person:
        roles = Participant.objects.filter(programme=programme, person=request.person, state=ParticipantState.ACTIVE)
        hats |= {PARTICIPANT_HATS[role] for role in roles.values_list("role", flat=True)}
    return frozenset(hats)


def membership_hats(membership: Membership, programme: Programme) -> set[Hat]:
    """A role for the whole organisation, or for this very programme; a role in another programme is none here."""
    if membership.role == Role.ADMINISTRATOR:
        return {Hat.ADMINISTRATOR}
    if membership.role in ROLE_HATS and membership.programme_id in (None, programme.pk):
        return {ROLE_HATS[Role(membership.role)]}
    return set()


def find_partnership(programme: Programme, pk: Any) -> Partnership:
    found = Partnership.objects.filter(programme=programme, pk=pk)
    # Whether somebody has asked to end it is shown on all its pages; the step that keeps it stands on a higher floor.
    partnership = with_members(found.select_related("closing__asked_by")).first()
    if partnership is None:
        raise Http404
    partnership.programme = programme
    return partnership


def partnership_hats(request: Visit) -> frozenset[Hat]:
    """A member wears only the hat of their part in it; others keep their hats but are no mentor or mentee here."""
    if request.member:
        return frozenset({PARTICIPANT_HATS[request.member.role], Hat.ANYONE})
    return request.hats - {Hat.MENTOR, Hat.MENTEE, Hat.FACILITATOR}
