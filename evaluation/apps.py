"""Step 7: surveys, indicators, results."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "evaluation"

    def ready(self) -> None:
        """Let the outbox ask, before it sends, whether a survey's message is still wanted, and what is due."""
        from . import rechecks, reminders  # noqa: F401
