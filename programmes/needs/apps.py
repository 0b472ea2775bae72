"""Step 1: why this programme should exist, and its measurable objectives."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "programmes.needs"
