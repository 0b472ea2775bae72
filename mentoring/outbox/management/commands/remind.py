"""`manage.py remind`: promise the reminders that are due, without a broker."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mentoring.outbox.sweeps import sweep


class Command(BaseCommand):
    help = "Write every reminder that is due into the outbox. Does what the worker does, and needs no broker."

    def handle(self, *args: Any, **options: Any) -> None:
        reminded = sweep(timezone.now())
        self.stdout.write(f"{reminded} reminder{'' if reminded == 1 else 's'} written.")
