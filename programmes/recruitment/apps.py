"""Step 3: application forms, applications, import."""

from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    name = "programmes.recruitment"
