"""Partner organisations and their contacts."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from mentoring.organisations import actions, queries
from mentoring.organisations.forms import PartnerForm
from mentoring.organisations.gates import organisation_page
from mentoring.organisations.models import Organisation
from mentoring.refusal import refusals_on
from mentoring.visit import Visit

PAGE = 50


@organisation_page("roles", "R")
def partners(request: Visit, organisation: Organisation) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    page = Paginator(queries.partners(words), PAGE).get_page(request.GET.get("page"))
    return render(request, "organisations/partners.html", {"page": page, "words": words})


@organisation_page("roles", "C")
def add_partner(request: Visit, organisation: Organisation) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form, "name"):
            partner = actions.add_partner(by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{partner} is added. You can invite its contact now.")
            return redirect("organisations:partners", organisation=organisation.slug)
    return render(request, "organisations/partner.html", {"form": form})


@organisation_page("roles", "U")
def partner(request: Visit, organisation: Organisation, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.partners(), pk=pk)
    form = PartnerForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form, "name"):
            actions.rename_partner(found, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"It is called {found} now.")
            return redirect("organisations:partners", organisation=organisation.slug)
    return render(request, "organisations/partner.html", {"form": form, "partner": found})
