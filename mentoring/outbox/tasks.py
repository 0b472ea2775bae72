"""The outbox's doorbell."""

from celery import shared_task

from . import delivery


@shared_task
def ring() -> None:
    """Send everything that is due, in every organisation that has something."""
    delivery.drain()
