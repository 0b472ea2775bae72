"""Step 4: criteria, rounds, proposals."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
