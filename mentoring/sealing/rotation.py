"""Putting every key under the newest master key, while people go on reading and writing."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation

from .boxes import newest_master
from .models import SealingKey

BATCH = 1000


def rotate() -> int:
    """Wrap again, in every organisation, whatever an older master key has wrapped. Returns how many keys."""
    with tenancy.platform():
        organisations = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    return sum(rotate_batches(organisation, kind) for organisation in organisations for kind in kinds_of_keys())


def kinds_of_keys() -> Iterator[type[SealingKey]]:
    return (model for model in apps.get_models() if issubclass(model, SealingKey))


def rotate_batches(organisation: object, kind: type[SealingKey]) -> int:
    """A batch a transaction, each key locked for a moment. One that is locked elsewhere is waited for."""
    older = kind._default_manager.filter(destroyed_at=None).exclude(master=newest_master().name).order_by("pk")
    rotated, batch = 0, older
    while True:
        with tenancy.tenant(organisation):
            keys = list(batch.select_for_update()[:BATCH])
            for key in keys:
                key.wrap_again()
            store(kind, keys)
        rotated += len(keys)
        if len(keys) < BATCH:
            return rotated
        batch = older.filter(pk__gt=keys[-1].pk)


def store(kind: type[SealingKey], keys: list[SealingKey]) -> None:
    """Write what was wrapped again, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {kind._meta.db_table} held set wrapped = again.wrapped, master = again.master "
            "from unnest(%s::uuid[], %s::bytea[], %s::text[]) as again (id, wrapped, master) where held.id = again.id",
            [[key.pk for key in keys], [key.wrapped for key in keys], [key.master for key in keys]],
        )
