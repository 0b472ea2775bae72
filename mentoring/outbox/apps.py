"""Every message that leaves."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "mentoring.outbox"
