"""What a partnership agrees: agreement, versions, signatures."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"

    def ready(self) -> None:
        from . import (
            copies,  # noqa: F401  (tells the outbox what travels with the letter about a signed contract)
            newcomers,  # noqa: F401  (tells a person's home what waits, and the outbox what is due)
            reminders,  # noqa: F401  (tells the outbox what to ask before a reminder is sent)
        )
