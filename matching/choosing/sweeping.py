"""Ending what has run out. Computed, not scheduled: looking twice, or days late, changes nothing that is settled."""

import datetime
import logging
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from matching.together import PAIRS
from mentoring.organisations import tenancy
from mentoring.outbox.sweeps import organisations_to_sweep
from programmes.models import Degree, ProgrammeState

from . import actions
from .models import Choosing, Request, RequestState

log = logging.getLogger(__name__)


def sweep(now: datetime.datetime) -> int:
    """Look at every organisation. Returns how many things were done."""
    return sum(sweep_safely(organisation_id, now) for organisation_id in organisations_to_sweep())


def sweep_safely(organisation_id: UUID, now: datetime.datetime) -> int:
    """One organisation's trouble keeps no other from its ends."""
    try:
        return sweep_organisation(organisation_id, now)
    except Exception:
        log.exception("requests of organisation %s were not looked at", organisation_id)
        return 0


def sweep_organisation(organisation_id: UUID, now: datetime.datetime) -> int:
    """Close what is past its last day, end requests, tell who joined late, suggest the next; each in a transaction of its own.

    Returns how many things it did.
    """
    with tenancy.tenant(organisation_id):
        over = list(choosings_over(now))
    for choosing in over:
        with tenancy.tenant(organisation_id):
            actions.close_choosing(choosing, by=None, now=now)
    with tenancy.tenant(organisation_id):
        waiting = list(Request.objects.filter(state=RequestState.OPEN).values_list("pk", flat=True))
    ended = 0
    for request_id in waiting:
        with tenancy.tenant(organisation_id):
            ended += actions.end_if_due(request_id, now=now)
    return len(over) + ended + include_late(organisation_id, now) + suggest_more(organisation_id, now)


def choosings_over(now: datetime.datetime) -> list[Choosing]:
    """Those whose last day has passed, whose programme is closed, or matches in groups by now."""
    past = Q(closes_on__lt=timezone.localdate(now)) | Q(programme__state=ProgrammeState.CLOSED)
    past |= ~Q(programme__model__in=PAIRS)
    return list(Choosing.objects.filter(past, closed_at=None))


def include_late(organisation_id: UUID, now: datetime.datetime) -> int:
    """Whoever has come to wait since, wherever something is open."""
    with tenancy.tenant(organisation_id):
        going_on = list(Choosing.objects.filter(closed_at=None).exclude(degree=Degree.SUGGESTED))
    told = 0
    for choosing in going_on:
        with tenancy.tenant(organisation_id):
            told += actions.include_late(choosing, now=now)
    return told


def suggest_more(organisation_id: UUID, now: datetime.datetime) -> int:
    """The next suggestions, wherever both sides are asked."""
    with tenancy.tenant(organisation_id):
        going_on = list(Choosing.objects.filter(closed_at=None, degree=Degree.SUGGESTED))
    suggested = 0
    for choosing in going_on:
        with tenancy.tenant(organisation_id):
            suggested += actions.suggest_next(choosing, now=now)
    return suggested
