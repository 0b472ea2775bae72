"""When a partnership must be looked at next, because something may be due.

A sweep over reminders asks this table alone, by its index: what it costs grows with what is due, not with what exists.
Whatever the dates are read from makes a partnership be looked at again, by a trigger of its table, so that no action
has to remember it.

The sweep takes and puts back in plain SQL: many thousand rows pass through these two statements every day, and a model
instance for each, or an UPDATE with a case for each, took several times as long as the database itself.
"""

import datetime
from collections.abc import Mapping
from uuid import UUID

import pgtrigger
from django.db import connection, models

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


TAKE = """
    select partnership_id, silent_on from programmes_nextlook where at <= %s order by at limit %s for update skip locked
"""
PUT_BACK = """
    update programmes_nextlook held set at = looked.at, silent_on = looked.silent_on
    from unnest(%s::uuid[], %s::timestamptz[], %s::date[]) as looked (partnership_id, at, silent_on)
    where held.partnership_id = looked.partnership_id
"""


def take(now: datetime.datetime, limit: int) -> dict[UUID, datetime.date | None]:
    """Partnerships of the running organisation whose time has come, the longest waiting first, each with its `silent_on`.

    They are held until the transaction ends; those that somebody else holds are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [now, limit])
        return dict(cursor.fetchall())


def put_back(looked: Mapping[UUID, tuple[datetime.datetime | None, datetime.date | None]]) -> None:
    """Note for each when it is to be looked at again, and its `silent_on`."""
    again, silent = zip(*looked.values(), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(PUT_BACK, [list(looked), list(again), list(silent)])
