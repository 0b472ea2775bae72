"""Step 5: sessions and attendance."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "programmes.training"

    def ready(self) -> None:
        from . import reminders  # noqa: F401  (tells the outbox what to promise, and what to ask before it goes)
