"""Concerns about somebody's safety: raised from a programme, read by the named lead alone."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations.gates import organisation_page
from mentoring.organisations.models import Organisation
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.help import actions, queries
from programmes.help.forms import ConcernForm, LeadForm
from programmes.models import Programme

ON_A_PAGE = 25


@programme_page("concern", "C")
def concern(request: Visit, programme: Programme) -> HttpResponse:
    """Tell the lead. Where nobody is named, the page says whom to speak to instead."""
    lead = queries.lead()
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.raise_concern(
                request.organisation,
                programme_name=programme.name,
                by=request.person,
                now=timezone.now(),
                **form.cleaned_data,
            )
            messages.success(
                request, "Thank you for saying so. It has gone to the lead for safeguarding, and to nobody else."
            )
            return redirect("/my/")
    administrators = [] if lead else queries.administrators()
    return render(request, "help/concern.html", {"form": form, "lead": lead, "administrators": administrators})


def only_for_the_lead(request: Visit) -> None:
    """A page that is not there, for everybody but the lead."""
    lead = queries.lead()
    if lead is None or lead.person_id != request.person.pk:
        raise Http404


@organisation_page("concern", "A")
def concerns(request: Visit, organisation: Organisation) -> HttpResponse:
    only_for_the_lead(request)
    page = Paginator(queries.concerns(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "help/concerns.html", {"page": page})


@organisation_page("concern", "A")
def read(request: Visit, organisation: Organisation, pk: UUID) -> HttpResponse:
    """One concern. That it was opened is noted when its button is pressed; a look at the page changes nothing."""
    only_for_the_lead(request)
    found = get_object_or_404(queries.concerns(), pk=pk)
    if request.method == "POST":
        found = actions.read_concern(found, by=request.person, now=timezone.now())
        return render(request, "help/concern_read.html", {"concern": found})
    return render(request, "help/concern_sealed.html", {"concern": found})


@organisation_page("concern", "A")
@require_POST
def close(request: Visit, organisation: Organisation, pk: UUID) -> HttpResponse:
    only_for_the_lead(request)
    actions.close_concern(get_object_or_404(queries.concerns(), pk=pk), by=request.person, now=timezone.now())
    messages.success(request, "The concern is closed.")
    return redirect("help_desk:concerns", organisation=organisation.slug)


@organisation_page("safeguarding lead", "U")
def lead(request: Visit, organisation: Organisation) -> HttpResponse:
    """Who reads concerns: named by an administrator, one person at a time."""
    present = queries.lead()
    form = LeadForm(
        request.POST if request.method == "POST" else None,
        initial={"person": present.person_id} if present else None,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            named = actions.name_lead(form.cleaned_data["person"], by=request.person, now=timezone.now())
            messages.success(request, f"{named.person} reads concerns from now on, and nobody else.")
            return redirect("organisations:home", organisation=organisation.slug)
    return render(request, "help/lead.html", {"form": form, "lead": present})
