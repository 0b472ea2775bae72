"""Who did what to which record, and when."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "mentoring.audit"
