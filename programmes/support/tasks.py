"""What Celery does for this step."""

from celery import shared_task
from django.utils import timezone

from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation
from mentoring.organisations.tasks import tenant_task
from mentoring.outbox.sweeps import in_every_organisation

from . import words


@shared_task
def sweep_words() -> None:
    """Have every organisation erase what it no longer keeps, by a task of its own."""
    in_every_organisation(erase)


@tenant_task
def erase() -> None:
    """Erase what was said in partnerships that ended longer ago than the organisation keeps it."""
    organisation = Organisation.objects.get(pk=tenancy.current_organisation_id())
    words.erase_what_is_over(organisation.keep_content_months, timezone.now())
