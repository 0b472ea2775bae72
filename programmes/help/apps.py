"""Getting help."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "programmes.help"
