"""What Celery does for agreements."""

from celery import shared_task
from django.utils import timezone

from mentoring.organisations.tasks import tenant_task
from mentoring.outbox.sweeps import in_every_organisation

from . import actions


@shared_task
def sweep_contracts() -> None:
    """Have every organisation delete the agreements that it need no longer keep, by a task of its own."""
    in_every_organisation(delete_old)


@tenant_task
def delete_old() -> None:
    """Delete the agreements whose date has passed."""
    actions.delete_what_is_over(timezone.now())
