"""Tenants, their members and their roles."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "mentoring.organisations"
