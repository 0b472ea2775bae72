"""Tenants, their members and their roles."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisationsConfig(AppConfig):
    name = "mentoring.organisations"

    def ready(self) -> None:
        from .protection import protect_tables

        post_migrate.connect(protect_tables, sender=self)
