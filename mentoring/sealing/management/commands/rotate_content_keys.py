"""`manage.py rotate_content_keys`: put every key under the newest master key of CONTENT_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand

from mentoring.sealing.boxes import newest_master
from mentoring.sealing.rotation import rotate


class Command(BaseCommand):
    help = "Wrap every key of content by the first master key in CONTENT_KEYS. Safe while the site runs."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rotate()} keys are now under the master key “{newest_master().name}”.")
