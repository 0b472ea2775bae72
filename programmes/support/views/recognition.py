"""A person's own log of hours, and its certificate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mentoring.documents.answers import pdf_answer
from mentoring.organisations.policy import Hat
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme
from programmes.support.models import LearningEntry
from programmes.support.recognition import actions
from programmes.support.recognition.forms import LearningForm
from programmes.support.recognition.queries import log_of

ROLES = {Hat.MENTOR: "mentor", Hat.MENTEE: "mentee", Hat.FACILITATOR: "facilitator"}


@programme_page("own hours", "R")
def hours(request: Visit, programme: Programme) -> HttpResponse:
    """What you gave and learned here: meetings and sessions by themselves, and what you add."""
    form = LearningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_entry(programme, by=request.person, now=timezone.now(), **form.cleaned_data)
            messages.success(request, "It is in your log.")
            return redirect(programme.url("support:hours"))
    return render(request, "support/hours.html", {"form": form, "log": log_of(programme, request.person)})


@programme_page("own hours", "D")
@require_POST
def take_out(request: Visit, programme: Programme, pk: UUID) -> HttpResponse:
    """Take an entry of your own out again."""
    actions.take_out(get_object_or_404(LearningEntry, programme=programme, pk=pk), by=request.person)
    return redirect(programme.url("support:hours"))


@programme_page("own hours", "C")
@require_POST
def certificate(request: Visit, programme: Programme) -> HttpResponse:
    """A certificate of hours, made now."""
    role = " and ".join(word for hat, word in ROLES.items() if hat in request.hats)
    with refusals_on(request):
        document = actions.certify(programme, role, by=request.person, now=timezone.now())
        return pdf_answer(document.content, "Certificate of mentoring")
    return redirect(programme.url("support:hours"))
