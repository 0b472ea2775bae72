"""`manage.py lock_seals`: after SEAL_KEY was changed, puts every private key under the new one."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mentoring.documents.actions import lock_seal_again, seal_key_in_use
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation
from mentoring.refusal import Refused


class Command(BaseCommand):
    help = "Lock every organisation's seal with today's SEAL_KEY, and make one where there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        with tenancy.platform():
            organisations = list(Organisation.objects.defer("logo").order_by("slug"))
        lost = [organisation.slug for organisation in organisations if not self.lock(organisation)]
        self.stdout.write(f"{len(organisations) - len(lost)} seals are locked with today's SEAL_KEY.")
        if lost:
            self.stderr.write(f"No SEAL_KEY opens the seals of: {', '.join(lost)}. See manage.py renew_seal.")
            raise SystemExit(1)

    def lock(self, organisation: Organisation) -> bool:
        with tenancy.tenant(organisation):
            try:
                if not lock_seal_again():
                    seal_key_in_use(timezone.now())
            except Refused:
                return False
        return True
