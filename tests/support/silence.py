"""A partnership that falls silent on a known day, for the tests of its reminder."""

import datetime

import pytest

from mentoring.outbox.models import Message
from tests import cast

START = datetime.date(2027, 1, 4)
SILENT_ON = datetime.date(2027, 2, 9)  # 28 days of rhythm, 7 of grace, and the day after


def at(day: datetime.date, hour: int = 12, minute: int = 0) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour, minute), tzinfo=datetime.UTC)


def later(days: int, hour: int = 12) -> datetime.datetime:
    """Some days after the first day of silence."""
    return at(SILENT_ON + datetime.timedelta(days=days), hour)


@pytest.fixture
def partnership(programme, mentor, mentee):
    """Every four weeks with a week of grace, from 4 January 2027 to the end of the year."""
    partnership = cast.make_partnership(programme, mentor, mentee, starts_on=START, ends_on=datetime.date(2027, 12, 31))
    partnership.created_at = at(START)
    partnership.save()
    return partnership


def written():
    return list(Message.objects.filter(kind="contact_reminder").order_by("key"))
