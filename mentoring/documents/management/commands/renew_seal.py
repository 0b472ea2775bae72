"""`manage.py renew_seal ADDRESS`: an organisation seals with a new key from now on."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mentoring.documents.actions import renew_seal
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation


class Command(BaseCommand):
    help = "Make a new seal for an organisation. What was sealed before stays genuine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the first part of the organisation's links")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        with tenancy.platform():
            organisation = Organisation.objects.filter(slug=address).first()
        if organisation is None:
            raise CommandError(f"No organisation has the address “{address}”.")
        with tenancy.tenant(organisation):
            key = renew_seal(by=None, now=timezone.now())
        self.stdout.write(f"{organisation} seals with a new key: certificate {key.fingerprint}.")
