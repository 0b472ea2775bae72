"""Step 6: meetings, progress records, reminders."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "programmes.support"

    def ready(self) -> None:
        from . import reminders  # noqa: F401  (tells the outbox what to ask before a reminder is sent)
