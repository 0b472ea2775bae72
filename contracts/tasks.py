"""What Celery does for agreements."""

from celery import shared_task
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.organisations.tasks import tenant_task

from . import reminders


@shared_task
def sweep_signatures() -> None:
    """Have every organisation looked at, each by a task of its own that carries it."""
    for organisation_id in reminders.organisations_to_sweep():
        with tenancy.tenant(organisation_id):
            remind.delay()


@tenant_task
def remind() -> None:
    """Promise every reminder to sign that is due in one organisation."""
    reminders.sweep_organisation(tenancy.current_organisation_id(), timezone.now())
