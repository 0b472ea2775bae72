"""When people may apply."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme
from programmes.recruitment import actions
from programmes.recruitment.forms import OpeningForm
from programmes.recruitment.models import AppliesAs
from programmes.recruitment.queries import openings_of

from .home import roles


@programme_page("programme settings", "U")
def opening(request: Visit, programme: Programme) -> HttpResponse:
    """Both roles: open or not, and the address to pass on."""
    return render(request, "recruitment/opening.html", {"roles": roles(programme)})


@programme_page("programme settings", "U")
def open_role(request: Visit, programme: Programme, role: str) -> HttpResponse:
    """Open a role, or change its days. Mentors before mentees only when it is meant (N2)."""
    role = known_role(role)
    openings = openings_of(programme)
    warn = role == AppliesAs.MENTOR and AppliesAs.MENTEE not in openings
    initial = {} if role in openings else {"opens_on": timezone.localdate()}
    form = OpeningForm(request.POST or None, instance=openings.get(role), initial=initial, role=role, warn=warn)
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("opens_on", "closes_on")}
        first = form.cleaned_data.get("mentors_first", False)
        with refusals_on(form, "mentors_first" if warn and not first else None):
            actions.open_recruitment(
                programme, role, **days, mentors_first=first, by=request.person, now=timezone.now()
            )
            messages.success(request, f"{AppliesAs(role).label}s can apply from {days['opens_on']:%-d %B %Y}.")
            return redirect(programme.url("recruitment:opening"))
    context = {"form": form, "role": AppliesAs(role), "warn": warn, "opening": openings.get(role)}
    return render(request, "recruitment/open_role.html", context)


@programme_page("programme settings", "U")
@require_POST
def close_role(request: Visit, programme: Programme, role: str) -> HttpResponse:
    role = known_role(role)
    with refusals_on(request):
        actions.close_recruitment(programme, role, by=request.person, now=timezone.now())
        messages.success(request, f"{AppliesAs(role).label}s can no longer apply.")
    return redirect(programme.url("recruitment:opening"))


def known_role(role: str) -> str:
    if role not in AppliesAs.values:
        raise Http404
    return role
