"""What Celery does for the outbox: a doorbell, and the sweep over reminders."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from mentoring.organisations.tasks import tenant_task

from . import delivery, sweeps


@shared_task
def ring() -> None:
    """Send everything that is due, in every organisation that has something."""
    delivery.drain()


@shared_task
def sweep() -> None:
    """Have every organisation looked at, each by a task of its own that carries it."""
    sweeps.in_every_organisation(sweep_organisation)


@tenant_task
def sweep_organisation() -> None:
    """Promise a batch of what is due in one organisation, and ask for another while there is more."""
    if sweeps.sweep_batch(timezone.now()).more:
        transaction.on_commit(go_on)


def go_on() -> None:
    sweep_organisation.delay()
