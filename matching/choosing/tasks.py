"""What Celery does for those who choose."""

from celery import shared_task
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.organisations.tasks import tenant_task
from mentoring.outbox.sweeps import in_every_organisation

from . import actions, sweeping
from .models import Choosing


@shared_task
def sweep_choosing() -> None:
    """Have every organisation looked at, each by a task of its own that carries it."""
    in_every_organisation(sweep)


@tenant_task
def sweep() -> None:
    """End what has run out in one organisation, and suggest what comes next."""
    sweeping.sweep_organisation(tenancy.current_organisation_id(), timezone.now())


@tenant_task
def suggest(choosing_id: str) -> None:
    """Suggest the next partners to those who wait."""
    actions.suggest_next(Choosing.objects.get(pk=choosing_id), now=timezone.now())
