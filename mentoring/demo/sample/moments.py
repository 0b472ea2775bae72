"""Days and moments of the sample, counted from today."""

import datetime

from django.utils import timezone


def at(day: datetime.date, hour: int = 10) -> datetime.datetime:
    """A moment on that day, where the organisations are."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def days(count: int) -> datetime.timedelta:
    return datetime.timedelta(days=count)
