"""Every PDF: rendered, sealed, stored, verified."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "mentoring.documents"

    def ready(self) -> None:
        from mentoring.organisations.founding import at_founding

        from .actions import seal_key_in_use

        at_founding(seal_key_in_use)
