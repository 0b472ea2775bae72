"""What day and hour it is where somebody is."""

import datetime
import zoneinfo

from django.utils import timezone

from .models import Person


def zone(name: str) -> zoneinfo.ZoneInfo:
    """The named time zone, or London where the name is not known."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("Europe/London")


def today_of(person: Person, now: datetime.datetime) -> datetime.date:
    """The date where somebody is."""
    return timezone.localdate(now, zone(person.time_zone))
