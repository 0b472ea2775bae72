"""People who must never be matched."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching import actions, queries
from matching.forms import ExclusionForm
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme


@programme_page("match proposal", "U")
def exclusions(request: Visit, programme: Programme) -> HttpResponse:
    """People who must never be matched, whatever speaks for it."""
    form = ExclusionForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_exclusion(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, "These two will never be matched in this programme.")
            return redirect(programme.url("matching:exclusions"))
    return render(request, "matching/exclusions.html", {"form": form, "exclusions": queries.exclusions_in(programme)})


@programme_page("match proposal", "U")
@require_POST
def allow(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    exclusion = get_object_or_404(queries.exclusions_in(programme), pk=pk)
    actions.remove_exclusion(exclusion, by=request.person, now=timezone.now())
    messages.success(request, "These two may be matched again.")
    return redirect(programme.url("matching:exclusions"))
