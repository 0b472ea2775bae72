"""Gates: each turns an address into what the view may touch, or answers as if nothing were there.

Every view has exactly one gate; the gate leaves a `policy` on the view, and a test fails the build for a view without.
"""

import functools
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from mentoring.visit import Visit

from . import tenancy
from .models import Membership, Organisation, Role
from .navigation import navigation
from .policy import Hat, Policy, allows
from .queries import find_organisation, roles_in

View = Callable[..., HttpResponseBase]

ORGANISATION_WIDE = {Role.ADMINISTRATOR: Hat.ADMINISTRATOR, Role.MEMBER: Hat.APPLICANT}
STAFF = {Hat.PLATFORM, Hat.ADMINISTRATOR, Hat.COORDINATOR}


def gate(policy: Policy, admit: Callable[..., HttpResponse | tuple[Any, ...]]) -> Callable[[View], View]:
    """Make a decorator whose wrapper asks `admit` first: it returns what the view is given, or an answer instead."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Visit, **address: Any) -> HttpResponseBase:
            admitted = admit(request, address)
            if isinstance(admitted, HttpResponse):
                return admitted
            return view(request, *admitted, **address)

        setattr(guarded, "policy", policy)
        return guarded

    return decorate


def public_page(view: View) -> View:
    """Anybody may come."""
    return gate(Policy("public"), lambda request, address: ())(view)


def person_page(view: View) -> View:
    """Anybody who has signed in; the page shows what is their own."""

    def admit(request: Visit, address: dict[str, Any]) -> HttpResponse | tuple[Any, ...]:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        request.person = request.user
        return ()

    return gate(Policy("person"), admit)(view)


def platform_page(verb: str) -> Callable[[View], View]:
    """For platform administrators; anybody else finds nothing. The view runs in the platform's context."""

    def admit(request: Visit, address: dict[str, Any]) -> HttpResponse | tuple[Any, ...]:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if not request.user.is_platform_administrator:
            raise Http404
        request.person = request.user
        request.hats = frozenset({Hat.PLATFORM})
        return second_factor_missing(request, request.hats) or ()

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def looking_at_all(request: Visit, **address: Any) -> HttpResponseBase:
            with tenancy.platform():
                return view(request, **address)

        return gate(Policy("platform", "platform", verb), admit)(looking_at_all)

    return decorate


def public_organisation_page(view: View) -> View:
    """A page of an organisation that anybody may open: its colour, its logo, an invitation by its secret."""

    def admit(request: Visit, address: dict[str, Any]) -> HttpResponse | tuple[Any, ...]:
        return (enter_organisation(request, address),)

    return gate(Policy("public organisation"), admit)(view)


def organisation_page(thing: str, verb: str) -> Callable[[View], View]:
    """A page of the organisation named in the address, for the hats that the policy table allows."""

    def admit(request: Visit, address: dict[str, Any]) -> HttpResponse | tuple[Any, ...]:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        organisation = enter_organisation(request, address)
        request.hats = organisation_hats(request.memberships)
        request.navigation = navigation(organisation, request.hats, request.path)
        require(request, thing, verb)
        return second_factor_missing(request, request.hats) or (organisation,)

    return gate(Policy("organisation", thing, verb), admit)


def enter_organisation(request: Visit, address: dict[str, Any]) -> Organisation:
    """Find the organisation of the address, go on as it, and note who asks and what roles they hold there."""
    organisation = find_organisation(address.pop("organisation"))
    if organisation is None:
        raise Http404
    tenancy.enter(organisation)
    request.organisation = organisation
    request.person = request.user if request.user.is_authenticated else None
    request.memberships = roles_in(request.person, organisation) if request.person else []
    return organisation


def organisation_hats(memberships: list[Membership]) -> frozenset[Hat]:
    """Hats for pages of the whole organisation: a role in any programme counts as belonging."""
    every = {
        Role.COORDINATOR: Hat.COORDINATOR,
        Role.SPONSOR: Hat.SPONSOR,
        Role.FACILITATOR: Hat.FACILITATOR,
        Role.PARTNER: Hat.PARTNER,
        **ORGANISATION_WIDE,
    }
    return frozenset(every[Role(membership.role)] for membership in memberships) | {Hat.ANYONE}


def require(request: Visit, thing: str, verb: str) -> None:
    """Answer as if the page did not exist unless one of the hats worn here may do this."""
    if not allows(request.hats, thing, verb):
        raise Http404


def ask_to_sign_in(request: Visit) -> HttpResponse:
    """The same answer for every address, so that a visitor learns nothing of what exists."""
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/my/")


def second_factor_missing(request: Visit, hats: Any) -> HttpResponse | None:
    """Staff must have a second factor: lead them to its set-up before anything else."""
    if settings.MFA_REQUIRED and STAFF & set(hats) and not is_mfa_enabled(request.user):
        return redirect("mfa_index")
    return None
