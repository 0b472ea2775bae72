"""Step 5: sessions and attendance."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "programmes.training"
