"""Putting every key under the newest master key, while people go on reading and writing."""

from collections.abc import Iterator

from django.apps import apps

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
    rotated = 0
    while True:
        with tenancy.tenant(organisation):
            older = kind._default_manager.filter(destroyed_at=None).exclude(master=newest_master().name)
            keys = list(older.select_for_update().order_by("pk")[:BATCH])
            for key in keys:
                key.wrap_again()
            kind._default_manager.bulk_update(keys, ["wrapped", "master"])
        rotated += len(keys)
        if len(keys) < BATCH:
            return rotated
