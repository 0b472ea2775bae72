"""Networking."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "programmes.network"

    def ready(self) -> None:
        from . import letters  # noqa: F401  (tells the outbox what to ask before a letter goes)
