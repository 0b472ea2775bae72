"""`manage.py permissions`: writes docs/permissions.md from the policy table and the addresses."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from mentoring.organisations.permissions import describe

PAGE = settings.BASE_DIR / "docs" / "permissions.md"


class Command(BaseCommand):
    help = "Write docs/permissions.md from the policy table and the addresses."

    def handle(self, *args: Any, **options: Any) -> None:
        PAGE.write_text(describe())
        self.stdout.write(f"Wrote {PAGE.relative_to(settings.BASE_DIR)}.")
