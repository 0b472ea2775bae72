"""The trail of what people did: added to, never changed."""

import pgtrigger
from django.db import models
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.organisations.models import TenantModel
from mentoring.organisations.rows import ASKING_PERSON, KEPT_FROM_ASKING, Rows

# That partners met, or mean to, is told to those who may see the meeting itself, and to whoever did it (decision 23);
# so is the day that a reminder to them was about.
OF_WHAT_IS_SHOWN = Rows(
    only=(
        f"(kind not in ('meeting', 'plannedmeeting') or {ASKING_PERSON} is null or person_id = {ASKING_PERSON} "
        "or exists (select from support_meeting t where t.id = object_id) "
        "or exists (select from support_plannedmeeting t where t.id = object_id)) "
        f"and (what <> 'reminder written' or {ASKING_PERSON} is null or object_id not in ({KEPT_FROM_ASKING}))"
    )
)


class Event(TenantModel):
    """One thing that was done or seen. The database refuses to change or delete it.

    what: a short phrase in the past tense ("application accepted"). kind and object_id name the record; details hold
    ids, counts and words that a co-ordinator may read, never the content of meetings.
    """

    programme_id = models.UUIDField(null=True, blank=True)
    what = models.CharField(max_length=80)
    kind = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True, blank=True)
    label = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    details = models.JSONField(default=dict)

    rows = OF_WHAT_IS_SHOWN

    class Meta:
        indexes = [models.Index(fields=["organisation", "programme_id", "-at"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.what
