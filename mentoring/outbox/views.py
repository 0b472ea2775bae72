"""Stopping optional mail without signing in."""

from uuid import UUID

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from mentoring.organisations.gates import public_page

from . import actions
from .mail import signer


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed token says who asks
@public_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    try:
        person_id = UUID(signer.unsign(token))
    except (BadSignature, ValueError):
        raise Http404
    if request.method == "POST":
        actions.stop_optional_mail(person_id)
    return render(request, "outbox/stop.html", {"stopped": request.method == "POST"})
