"""What Celery does for this step."""

from celery import shared_task
from django.utils import timezone

from . import reminders


@shared_task
def sweep_reminders() -> None:
    """Promise every contact reminder that is due, in every organisation."""
    reminders.sweep(timezone.now())
