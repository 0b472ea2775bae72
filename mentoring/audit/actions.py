"""Adding to the trail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from mentoring.accounts.models import Person

from .models import Event


def record(what: str, *, on: models.Model, by: Person | None, at: datetime, **details: Any) -> Event:
    """Note that `by` did `what` to the record `on`, in the caller's transaction. Nobody (`by=None`) means the system."""
    event = describe(what, on, by, at, details)
    event.save(force_insert=True)
    return event


def record_all(what: str, *, on: Iterable[models.Model], by: Person | None, at: datetime) -> None:
    """The same for many records at once: an event for each, in one query."""
    record_each(what, ((record, {}) for record in on), by=by, at=at)


def record_each(
    what: str, details: Iterable[tuple[models.Model, dict[str, Any]]], *, by: Person | None, at: datetime
) -> None:
    """The same, each record with details of its own."""
    Event.objects.bulk_create(describe(what, record, by, at, told) for record, told in details)


def describe(what: str, on: models.Model, by: Person | None, at: datetime, details: dict[str, Any]) -> Event:
    return Event(
        what=what,
        kind=on._meta.model_name or "",
        object_id=on.pk,
        label=str(on)[:200],
        programme_id=programme_of(on),
        person=by,
        at=at,
        details=details,
    )


def programme_of(record: models.Model) -> Any:
    """The programme that a record belongs to, if it says so; a programme is its own."""
    return getattr(record, "programme_id", None) or (record.pk if record._meta.model_name == "programme" else None)
