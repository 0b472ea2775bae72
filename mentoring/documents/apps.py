"""Every PDF: rendered, stored, verified."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "mentoring.documents"
