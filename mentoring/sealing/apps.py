from django.apps import AppConfig


class SealingConfig(AppConfig):
    """No tables of its own: keys and sealed words are tables of the steps that need them."""

    name = "mentoring.sealing"
