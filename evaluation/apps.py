"""Step 7: surveys, indicators, results."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "evaluation"
