"""Who did what to which record, and when."""

from typing import Any


def record(what: str, *, on: Any, by: Any, at: Any, **details: Any) -> None:
    """Add an event to the trail, in the caller's transaction. See `mentoring.audit.actions.record`."""
    from .actions import record as record_event

    record_event(what, on=on, by=by, at=at, **details)
