"""Quiet hours: what is not urgent reaches people by day, by their own clock, and not while they have asked for a pause."""

import datetime

from mentoring.accounts.clocks import zone
from mentoring.accounts.models import ContactChannel, Person

FROM, TO = 20, 8  # o'clock, where the reader is


def after_quiet_hours(moment: datetime.datetime, time_zone: str) -> datetime.datetime:
    """The moment itself by day; eight in the morning, by the clock of that time zone, for one between 20:00 and 08:00."""
    local = moment.astimezone(zone(time_zone))
    if TO <= local.hour < FROM:
        return moment
    return morning_of(local.date() + datetime.timedelta(days=local.hour >= FROM), time_zone)


def morning_of(day: datetime.date, time_zone: str) -> datetime.datetime:
    """Eight o'clock on a day, by the clock of that time zone."""
    return datetime.datetime.combine(day, datetime.time(TO), tzinfo=zone(time_zone)).astimezone(datetime.UTC)


def when_welcome(moment: datetime.datetime, person: Person) -> datetime.datetime:
    """The first moment from this one at which a reminder is welcome to somebody: by day, after their pause."""
    if person.paused_until:
        moment = max(moment, morning_of(person.paused_until, person.time_zone))
    return after_quiet_hours(moment, person.time_zone)


def when_promised(moment: datetime.datetime, person: Person) -> datetime.datetime:
    """When a reminder is due that is promised now: at once by day, or in the morning for the day's one letter."""
    welcome = when_welcome(moment, person)
    if person.contact_channel != ContactChannel.DIGEST:
        return welcome
    today = welcome.astimezone(zone(person.time_zone)).date()
    morning = morning_of(today, person.time_zone)
    return morning if morning >= welcome else morning_of(today + datetime.timedelta(days=1), person.time_zone)
