"""A training session in somebody's calendar."""

import datetime

from mentoring.addresses import absolute
from mentoring.calendars import Entry, write_calendar

from .models import TrainingSession


def make_calendar(session: TrainingSession, now: datetime.datetime) -> str:
    """The text of an .ics file. A later one moves the entry."""
    entry = Entry(
        uid=f"training-{session.pk}",
        title=f"{session.title}, {session.programme.name}",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
        link=absolute(session.programme.url("training:home")),
        is_cancelled=session.cancelled_at is not None,
    )
    return write_calendar(entry, now=now)
