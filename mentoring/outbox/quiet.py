"""Quiet hours: what is not urgent reaches people by day, by their own clock."""

import datetime

from mentoring.accounts.middleware import zone

FROM, TO = 20, 8  # o'clock, where the reader is


def after_quiet_hours(moment: datetime.datetime, time_zone: str) -> datetime.datetime:
    """The moment itself by day; eight in the morning, by the clock of that time zone, for one between 20:00 and 08:00."""
    local = moment.astimezone(zone(time_zone))
    if TO <= local.hour < FROM:
        return moment
    day = local.date() + datetime.timedelta(days=local.hour >= FROM)
    return datetime.datetime.combine(day, datetime.time(TO), tzinfo=local.tzinfo).astimezone(datetime.UTC)
