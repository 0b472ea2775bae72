"""The key of what partners write."""

from django.db import models

from mentoring.sealing.models import SealingKey
from programmes.models import Partnership


class ContentKey(SealingKey):
    """One partnership's key: every word that its members keep is sealed by it. Made with the first of them."""

    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, related_name="content_key")

    @property
    def owner(self) -> str:
        return str(self.partnership_id)

    def __str__(self) -> str:
        return f"Key of {self.partnership_id}"
