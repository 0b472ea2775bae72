"""Stopping optional mail without signing in."""

import datetime
from uuid import UUID

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from mentoring.organisations.gates import public_page

from . import actions
from .mail import signer

PAUSE = datetime.timedelta(weeks=4)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed token says who asks
@public_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    try:
        person_id = UUID(signer.unsign(token))
    except (BadSignature, ValueError):
        raise Http404
    paused_until = timezone.localdate() + PAUSE if "pause" in request.POST else None
    if paused_until:
        actions.pause_reminders(person_id, until=paused_until)
    elif request.method == "POST":
        actions.stop_optional_mail(person_id)
    stopped = request.method == "POST" and not paused_until
    return render(request, "outbox/stop.html", {"stopped": stopped, "paused_until": paused_until})
