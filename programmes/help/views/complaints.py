"""Complaints: made from a programme, dealt with by the organisation's administrators."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.organisations.gates import organisation_page
from mentoring.organisations.models import Organisation
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.help import actions, queries
from programmes.help.forms import AnswerForm, ComplaintForm
from programmes.help.models import ACKNOWLEDGED_WITHIN
from programmes.models import Programme

ON_A_PAGE = 25


@programme_page("complaint", "C")
def complain(request: Visit, programme: Programme) -> HttpResponse:
    form = ComplaintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        complaint = actions.complain(request.organisation, by=request.person, now=timezone.now(), **form.cleaned_data)
        messages.success(
            request,
            f"Your complaint has been made. You will hear by {complaint.acknowledge_by:%-d %B %Y} that it is looked into.",
        )
        return redirect("/my/")
    return render(request, "help/complain.html", {"form": form, "days": ACKNOWLEDGED_WITHIN.days})


@organisation_page("complaint", "R")
def complaints(request: Visit, organisation: Organisation) -> HttpResponse:
    page = Paginator(queries.complaints(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "help/complaints.html", {"page": page, "today": timezone.localdate()})


@organisation_page("complaint", "R")
def complaint(request: Visit, organisation: Organisation, pk: UUID) -> HttpResponse:
    """One complaint, and what came of it."""
    found = get_object_or_404(queries.complaints(), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(request):
            actions.close_complaint(found, organisation, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, f"Your answer is on its way to {found.made_by}.")
        return redirect("help_desk:complaint", organisation=organisation.slug, pk=pk)
    return render(request, "help/complaint.html", {"complaint": found, "form": form})


@organisation_page("complaint", "A")
@require_POST
def acknowledge(request: Visit, organisation: Organisation, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.complaints(), pk=pk)
    actions.acknowledge(found, organisation, by=request.person, now=timezone.now())
    messages.success(request, f"{found.made_by} is told that you have the complaint and look into it.")
    return redirect("help_desk:complaint", organisation=organisation.slug, pk=pk)
