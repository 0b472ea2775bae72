"""The nouns every step shares: programme, participant, partnership."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"
