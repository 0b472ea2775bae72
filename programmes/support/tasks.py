"""What Celery does for this step."""

from celery import shared_task
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation
from mentoring.organisations.tasks import tenant_task

from . import reminders, words


@shared_task
def sweep_reminders() -> None:
    """Have every organisation looked at, each by a task of its own that carries it."""
    for organisation_id in reminders.organisations_to_sweep():
        with tenancy.tenant(organisation_id):
            remind.delay()


@tenant_task
def remind() -> None:
    """Promise every contact reminder that is due in one organisation."""
    reminders.sweep_organisation(tenancy.current_organisation_id(), timezone.now())


@shared_task
def sweep_words() -> None:
    """Have every organisation erase what it no longer keeps, by a task of its own."""
    for organisation_id in reminders.organisations_to_sweep():
        with tenancy.tenant(organisation_id):
            erase.delay()


@tenant_task
def erase() -> None:
    """Erase what was said in partnerships that ended longer ago than the organisation keeps it."""
    organisation = Organisation.objects.get(pk=tenancy.current_organisation_id())
    words.erase_what_is_over(organisation.keep_content_months, timezone.now())
