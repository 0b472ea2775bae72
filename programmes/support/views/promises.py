"""Pages of actions: what is open, what is done, and one more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import partnership_page
from programmes.models import Partnership
from programmes.support import promises, queries
from programmes.support.forms import ActionForm


@partnership_page("meeting content", "U")
def actions(request: Visit, partnership: Partnership) -> HttpResponse:
    """What they said they would do, and a line to add to it."""
    form = ActionForm(request.POST or None, partnership=partnership, person=request.person)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            promises.note(partnership, by=request.person, now=timezone.now(), **form.noted)
            messages.success(request, "It is noted, and stands on the agenda until it is done.")
            return redirect(partnership.url("support:actions"))
    context = {
        "form": form,
        "points": promises.actions_of(partnership),
        "others": queries.name_others(partnership, request.person),
        "today": timezone.localdate(),
    }
    return render(request, "support/actions.html", context)


@partnership_page("meeting content", "U")
@require_POST
def tick(request: Visit, partnership: Partnership, pk: UUID) -> HttpResponse:
    """Done, or not after all."""
    point = get_object_or_404(partnership.action_points, pk=pk)
    with refusals_on(request):
        promises.tick(point, done="undo" not in request.POST, by=request.person, now=timezone.now())
    return redirect(partnership.url("support:actions"))
