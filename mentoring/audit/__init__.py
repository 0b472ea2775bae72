"""Who did what to which record, and when."""

from collections.abc import Iterable
from typing import Any


def record(what: str, *, on: Any, by: Any, at: Any, **details: Any) -> None:
    """Add an event to the trail, in the caller's transaction. See `mentoring.audit.actions.record`."""
    from .actions import record as record_event

    record_event(what, on=on, by=by, at=at, **details)


def record_all(what: str, *, on: Iterable[Any], by: Any, at: Any) -> None:
    """Add an event for each of many records. See `mentoring.audit.actions.record_all`."""
    from .actions import record_all as record_events

    record_events(what, on=on, by=by, at=at)


def record_each(what: str, details: Iterable[tuple[Any, dict[str, Any]]], *, by: Any, at: Any) -> None:
    """The same, each record with details of its own. See `mentoring.audit.actions.record_each`."""
    from .actions import record_each as record_events

    record_events(what, details, by=by, at=at)
