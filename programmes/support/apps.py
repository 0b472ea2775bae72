"""Step 6: meetings, progress records, reminders."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "programmes.support"
