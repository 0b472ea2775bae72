"""`manage.py end_requests`: what beat asks a worker to do, without either."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matching.choosing.sweeping import sweep


class Command(BaseCommand):
    help = "End requests that ran out, close what is past its last day, and suggest who comes next."

    def handle(self, *args: Any, **options: Any) -> None:
        count = sweep(timezone.now())
        self.stdout.write(f"{count} ended, closed or suggested.")
