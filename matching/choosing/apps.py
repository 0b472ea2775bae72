"""Self-selection: people choose for themselves, in the degree the programme allows."""

from django.apps import AppConfig


class ChoosingConfig(AppConfig):
    name = "matching.choosing"

    def ready(self) -> None:
        """Let the outbox ask whether a letter is still wanted, and rounds count what people wished for."""
        from . import rechecks, wishes  # noqa: F401
