"""`manage.py drain_outbox`: send what is due, without a broker."""

from typing import Any

from django.core.management.base import BaseCommand

from mentoring.outbox.delivery import drain


class Command(BaseCommand):
    help = "Send every message that is due. Does what the worker does, and needs no broker."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = drain()
        self.stdout.write(f"{sent} message{'' if sent == 1 else 's'} sent.")
