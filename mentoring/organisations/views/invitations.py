"""Invitations: those that were sent, and the page that a link in one opens."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mentoring.accounts.queries import find_person, owns_address
from mentoring.accounts.sign_in import sign_in_new_person
from mentoring.forms import Form
from mentoring.organisations import actions, queries, tenancy
from mentoring.organisations.forms import NewPersonForm
from mentoring.organisations.gates import organisation_page, public_organisation_page
from mentoring.organisations.models import Invitation, Organisation
from mentoring.refusal import refusals_on
from mentoring.visit import Visit

PAGE = 50


@organisation_page("roles", "R")
def invitations(request: Visit, organisation: Organisation) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    page = Paginator(queries.invitations_sent(words), PAGE).get_page(request.GET.get("page"))
    return render(request, "organisations/invitations.html", {"page": page, "words": words, "now": timezone.now()})


@organisation_page("roles", "C")
@require_POST
def send_again(request: Visit, organisation: Organisation, pk: UUID) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations_sent(), pk=pk)
    with refusals_on(request):
        actions.send_again(invitation, by=request.person, now=timezone.now())
        messages.success(request, f"A new link is on its way to {invitation.email}. The earlier one no longer works.")
    return redirect("organisations:invitations", organisation=organisation.slug)


@organisation_page("roles", "D")
@require_POST
def withdraw_invitation(request: Visit, organisation: Organisation, pk: UUID) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations_sent(), pk=pk)
    with refusals_on(request):
        actions.withdraw_invitation(invitation, by=request.person, now=timezone.now())
        messages.success(request, f"The link sent to {invitation.email} no longer works.")
    return redirect("organisations:invitations", organisation=organisation.slug)


@never_cache
@public_organisation_page
def invitation(request: Visit, organisation: Organisation, secret: str) -> HttpResponse:
    """The page behind the link: who asks for what; then accept, sign in first, or make a sign-in."""
    found = queries.find_invitation(secret)
    if found is None:
        raise Http404
    if not found.is_open(timezone.now()):
        return render(request, "organisations/invitation_closed.html", {"invitation": found}, status=410)
    if request.user.is_authenticated:
        return answer_as_known(request, found)
    with tenancy.directory():
        known = find_person(found.email) is not None
    return redirect_to_login(request.path) if known else answer_as_new(request, found)


def answer_as_known(request: Visit, found: Invitation) -> HttpResponse:
    """For somebody signed in: one button, unless the invitation is for another address."""
    if not owns_address(request.person, found.email):
        return render(request, "organisations/invitation_for_another.html", {"invitation": found}, status=403)
    form = Form(request.POST or None)
    if request.method == "POST":
        with refusals_on(form):
            actions.accept_invitation(found, by=request.person, now=timezone.now())
            return welcome(request, found)
    return render(request, "organisations/invitation.html", {"invitation": found, "form": form})


def answer_as_new(request: Visit, found: Invitation) -> HttpResponse:
    """For an address without a sign-in: name and password, then signed in with the role."""
    form = NewPersonForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            person = actions.accept_as_new_person(found, now=timezone.now(), **form.cleaned_data)
            with tenancy.directory():
                sign_in_new_person(request, person)
            return welcome(request, found)
    return render(request, "organisations/invitation.html", {"invitation": found, "form": form})


def welcome(request: Visit, found: Invitation) -> HttpResponse:
    messages.success(request, f"Welcome to {found.organisation.name}. Your role: {found.get_role_display()}.")
    return redirect("/my/")
