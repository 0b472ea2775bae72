"""What those who run a programme see of a partnership: as much as its agreement shows (C6)."""

import datetime
from dataclasses import replace
from typing import Any

from mentoring import audit
from mentoring.accounts.models import Person
from programmes.models import Partnership, Reading

from .models import Meeting

KEPT = "They keep to themselves when and how they meet."


def note_reading(partnership: Partnership, count: int, *, by: Person, now: datetime.datetime) -> None:
    """Note in the trail that somebody read what the partners opened."""
    audit.record("opened records read", on=partnership, by=by, at=now, records=count)


def shown_meetings(partnership: Partnership, meetings: list[Meeting]) -> list[Meeting]:
    """The meetings whose dates and lengths the partners show."""
    return [] if partnership.reading == Reading.NOTHING else meetings


def shown_to_coordinator(described: dict[str, Any]) -> dict[str, Any]:
    """A standing in words, without dates and counts where the partners show nothing but whether it goes on."""
    if described["partnership"].reading != Reading.NOTHING:
        return described
    standing = replace(described["assessment"], reasons=(KEPT,))
    return described | {
        "assessment": standing,
        "last_met": "Not shown",
        "written_on": None,
        "changed": "",
        "shows_nothing": True,
    }
