"""Step 2: dates, budget, approval, policies."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "programmes.plan"

    def ready(self) -> None:
        from . import reminders  # noqa: F401  (tells the outbox which reviews are due)
