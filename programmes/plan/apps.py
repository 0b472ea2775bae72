"""Step 2: dates, budget, approval, policies."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "programmes.plan"

    def ready(self) -> None:
        from . import acknowledging, reminders  # noqa: F401  (tell the outbox what is due, and what to ask before it goes)
