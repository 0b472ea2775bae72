"""What a partnership agrees: agreement, versions, signatures."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
