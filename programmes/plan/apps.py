"""Step 2: dates, budget, approval."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "programmes.plan"
