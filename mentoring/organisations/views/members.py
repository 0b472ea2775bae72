"""Who holds which role, and asking somebody to take one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations import actions, queries
from mentoring.organisations.forms import InvitationForm
from mentoring.organisations.gates import organisation_page
from mentoring.organisations.models import Organisation, Role
from mentoring.refusal import refusals_on
from mentoring.visit import Visit

PAGE = 50


@organisation_page("roles", "R")
def members(request: Visit, organisation: Organisation) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    role = request.GET.get("role", "")
    page = Paginator(queries.roles_held(words, role), PAGE).get_page(request.GET.get("page"))
    chips = [{"label": "All roles", "url": "?", "current": role not in Role.values, "count": None}]
    chips += [
        {"label": label, "url": f"?role={value}", "current": role == value, "count": count}
        for value, label, count in queries.count_roles()
    ]
    waiting = queries.invitations_waiting(timezone.now()).count()
    return render(
        request, "organisations/members.html", {"page": page, "words": words, "chips": chips, "waiting": waiting}
    )


@organisation_page("roles", "C")
def invite(request: Visit, organisation: Organisation) -> HttpResponse:
    chosen = {name: request.GET.get(name) for name in ("role", "programme", "partner")}
    form = InvitationForm(request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            invitation = actions.invite(by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"We have written to {invitation.email}. The link works for 14 days.")
            return redirect("organisations:members", organisation=organisation.slug)
    return render(request, "organisations/invite.html", {"form": form})


@organisation_page("roles", "D")
@require_POST
def end_role(request: Visit, organisation: Organisation, pk: UUID) -> HttpResponse:
    membership = get_object_or_404(queries.roles_held(), pk=pk)
    with refusals_on(request):
        actions.end_role(membership, by=request.person, now=timezone.now())
        messages.success(request, f"{membership.person} no longer has the role {membership.get_role_display()}.")
    if membership.person == request.person:
        return redirect("/my/")
    return redirect("organisations:members", organisation=organisation.slug)
