"""Step 6: meetings, progress records, reminders."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "programmes.support"

    def ready(self) -> None:
        from .reminders import sweeping  # noqa: F401  (tells the outbox what to promise, and what to ask before it goes)
