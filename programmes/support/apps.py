"""Step 6: meetings, progress records, reminders."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "programmes.support"

    def ready(self) -> None:
        from .circles import queries  # noqa: F401  (tells a person's home what waits for them)
        from .endings import actions  # noqa: F401  (tells the outbox's sweep what closes by itself)
        from .reminders import sweeping  # noqa: F401  (tells the outbox what to promise, and what to ask before it goes)
