"""A request: read, accepted, declined, withdrawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching.choosing import actions, letters
from matching.choosing.cards import cards_of, reasons_shown
from matching.choosing.forms import DeclineForm
from mentoring.refusal import refusals_on
from mentoring.visit import Visit
from programmes.gates import programme_page
from programmes.models import Programme

from .finding import own_request


@programme_page("request for a mentor", "R")
def request_page(request: Visit, programme: Programme, pk: str) -> HttpResponse:
    """What is asked, by whom, and until when; what the other shows of themselves."""
    found, part = own_request(request, programme, pk)
    other = found.other(part)
    context = {
        "request_made": found,
        "part": part,
        "other": letters.name_for(found, part),
        "card": cards_of([other])[other.pk] if found.is_open else None,
        "reasons": reasons_shown(found.reasons, other) if found.is_open else [],
        "is_asker": part.pk == found.mentee_id and not found.choosing.is_suggested,
        "answered": found.has_said_yes(part),
    }
    return render(request, "choosing/request.html", context)


@programme_page("request for a mentor", "A")
@require_POST
def accept(request: Visit, programme: Programme, pk: str) -> HttpResponse:
    """Say yes."""
    found, part = own_request(request, programme, pk)
    with refusals_on(request):
        partnership = actions.accept(found, part, by=request.person, now=timezone.now())
        if partnership:
            partnership.programme = programme
            messages.success(request, "You are partners now. Both of you have a message with the first steps.")
            return redirect(partnership.url("support:partnership"))
        found.refresh_from_db(fields=["state"])
        if found.is_open:
            messages.success(request, "Thank you. We tell you as soon as the other has answered.")
        else:
            messages.warning(
                request, "Something has changed in the meantime, so this cannot come about. You both have a message."
            )
    return redirect(programme.url("choosing:own"))


@programme_page("request for a mentor", "A")
def decline(request: Visit, programme: Programme, pk: str) -> HttpResponse:
    """Say no, kindly; why is optional and for the co-ordinator alone."""
    found, part = own_request(request, programme, pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.decline(found, part, form.cleaned_data["reason"], by=request.person, now=timezone.now())
            messages.success(request, "Thank you for answering. The other hears kindly, and not why.")
            return redirect(programme.url("choosing:own"))
    return render(
        request, "choosing/decline.html", {"form": form, "request_made": found, "other": letters.name_for(found, part)}
    )


@programme_page("request for a mentor", "D")
@require_POST
def withdraw(request: Visit, programme: Programme, pk: str) -> HttpResponse:
    """Take back what one asked."""
    found, part = own_request(request, programme, pk)
    with refusals_on(request):
        actions.withdraw(found, part, by=request.person, now=timezone.now())
        messages.success(request, "Your request is withdrawn. You can ask somebody else.")
    return redirect(programme.url("choosing:own"))
