"""A day and an hour by somebody's clock, as a moment."""

import datetime

from mentoring.accounts.clocks import zone


class NoSuchHour(Exception):
    """The clocks go forward over this hour, so it never comes."""


def moment_of(day: datetime.date, hour: datetime.time, time_zone: str) -> datetime.datetime:
    """The moment; of an hour that comes twice, when clocks go back, the first. Refuses an hour that never comes."""
    local = datetime.datetime.combine(day, hour, tzinfo=zone(time_zone))
    moment = local.astimezone(datetime.UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchHour
    return moment
