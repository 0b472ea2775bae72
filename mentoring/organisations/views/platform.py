"""The platform administrator's pages: which organisations there are and how much they hold; never what."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations import actions, queries
from mentoring.organisations.forms import CreateOrganisationForm
from mentoring.organisations.gates import platform_page
from mentoring.refusal import refusals_on
from mentoring.visit import Visit

PAGE = 50


@platform_page("R")
def platform(request: Visit) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    page = Paginator(queries.all_organisations(words), PAGE).get_page(request.GET.get("page"))
    listed = list(page)
    usage = queries.usage_of(listed)
    rows = [(organisation, usage[organisation.pk]) for organisation in listed]
    return render(request, "organisations/platform.html", {"page": page, "rows": rows, "words": words})


@platform_page("C")
def create_organisation(request: Visit) -> HttpResponse:
    form = CreateOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form, "slug"):
            organisation = actions.create_organisation(by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"{organisation} is made, and {form.cleaned_data['email']} is invited.")
            return redirect("organisations:platform")
    return render(request, "organisations/create_organisation.html", {"form": form})


@platform_page("A")
@require_POST
def suspend(request: Visit, pk: UUID) -> HttpResponse:
    organisation = get_object_or_404(queries.all_organisations(), pk=pk)
    with refusals_on(request):
        actions.suspend_organisation(organisation, by=request.person, now=timezone.now())
        messages.success(request, f"{organisation} is suspended. Its pages are closed; nothing is deleted.")
    return redirect("organisations:platform")


@platform_page("A")
@require_POST
def resume(request: Visit, pk: UUID) -> HttpResponse:
    organisation = get_object_or_404(queries.all_organisations(), pk=pk)
    with refusals_on(request):
        actions.resume_organisation(organisation, by=request.person, now=timezone.now())
        messages.success(request, f"{organisation} goes on.")
    return redirect("organisations:platform")
