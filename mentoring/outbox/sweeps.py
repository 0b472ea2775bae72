"""Reminders are computed, not scheduled: a sweep asks what is due and promises it.

A step registers how its own reminders are found. Each is asked for a batch at a time, in the running organisation and
its one transaction; what it promises is unique by what it promises, so that a second sweep, another worker at the same
time, or one that comes days late changes nothing.
"""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from celery import Task
from django.db import transaction

from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation, OrganisationState

log = logging.getLogger(__name__)

BATCH = 200  # looked at in one transaction
MOST_BATCHES = 100_000  # a sweep that never comes to an end is broken


@dataclass(frozen=True)
class Swept:
    """What a batch did: how many letters it promised, and whether more may be due."""

    promised: int = 0
    more: bool = False


Sweep = Callable[[datetime.datetime, int], Swept]
_sweeps: dict[str, Sweep] = {}


def sweeps(kind: str) -> Callable[[Sweep], Sweep]:
    """Register a function that promises at most so many of what is due now in the running organisation."""

    def register(function: Sweep) -> Sweep:
        _sweeps[kind] = function
        return function

    return register


def sweep(now: datetime.datetime) -> int:
    """Promise everything that is due, in every organisation. Returns how many letters were promised now."""
    return sum(sweep_organisation(organisation_id, now) for organisation_id in organisations_to_sweep())


def organisations_to_sweep() -> list[UUID]:
    """The active organisations, by id alone: all that a task may know of them."""
    with tenancy.platform():
        return list(Organisation.objects.filter(state=OrganisationState.ACTIVE).values_list("pk", flat=True))


def in_every_organisation(task: Task) -> None:
    """Have this done in every organisation, each by a task of its own that carries it."""
    for organisation_id in organisations_to_sweep():
        with tenancy.tenant(organisation_id):
            task.delay()


def sweep_organisation(organisation_id: UUID, now: datetime.datetime) -> int:
    """Everything that is due in one organisation, a batch in a transaction of its own."""
    promised = 0
    for _ in range(MOST_BATCHES):
        with tenancy.tenant(organisation_id):
            batch = sweep_batch(now)
        promised += batch.promised
        if not batch.more:
            return promised
    raise RuntimeError("The sweep over reminders does not come to an end.")


def sweep_batch(now: datetime.datetime) -> Swept:
    """A batch of each kind, in the running transaction. One kind's trouble keeps no other from being promised."""
    promised, more = 0, False
    for kind, function in _sweeps.items():
        try:
            with transaction.atomic():
                batch = function(now, BATCH)
        except Exception:
            log.exception("reminders of the kind %s were not computed", kind)
            continue
        promised, more = promised + batch.promised, more or batch.more
    return Swept(promised, more)
