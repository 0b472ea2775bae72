"""What every step stands on, and the wiring."""

from mentoring.celery import app as celery_app

__all__ = ["celery_app"]
