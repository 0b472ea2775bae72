"""When a partnership must be looked at next, because something may be due.

A sweep over reminders asks this table alone, by its index: what it costs grows with what is due, not with what exists.
Whatever the dates are read from makes a partnership be looked at again, by a trigger of its table, so that no action
has to remember it.
"""

import pgtrigger
from django.db import models

from mentoring.organisations.models import TenantModel

AT_ONCE = "1970-01-01 00:00+00"

LOOK_AGAIN = """
    insert into programmes_nextlook as held (id, organisation_id, partnership_id, at)
    values (gen_random_uuid(), {row}.organisation_id, {row}.{column}, '{at}')
    on conflict (partnership_id) do update set at = excluded.at where held.at is distinct from excluded.at;
"""


def look_again(column: str, *, after: pgtrigger.Operation, name: str = "look_again") -> pgtrigger.Trigger:
    """A trigger for a table whose rows name a partnership in this column: after a change it is looked at again."""
    changed = LOOK_AGAIN.format(row="new", column=column, at=AT_ONCE)
    gone = LOOK_AGAIN.format(row="old", column=column, at=AT_ONCE)
    body = f"if tg_op = 'DELETE' then {gone} else {changed} end if; return null;"
    return pgtrigger.Trigger(name=name, when=pgtrigger.After, operation=after, func=body)


class NextLook(TenantModel):
    """The moment from which a partnership is to be looked at; none while nothing lies ahead.

    `silent_on` is the first day of the silence about which a letter was written last.
    """

    partnership = models.OneToOneField("programmes.Partnership", on_delete=models.CASCADE, related_name="next_look")
    at = models.DateTimeField(null=True, blank=True)
    silent_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "at"], name="next_look_at")]

    def __str__(self) -> str:
        return f"Look at {self.partnership_id} from {self.at}"
