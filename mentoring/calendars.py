"""Calendar files (RFC 5545): what people's own calendars read, keep and move."""

import datetime
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

Somebody = tuple[str, str]  # name, e-mail address


@dataclass(frozen=True)
class Entry:
    """Something in a calendar. `uid` stays the same and `sequence` grows, so that a later file moves the entry."""

    uid: str
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    place: str = ""
    link: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    guests: tuple[Somebody, ...] = ()


def write_calendar(entry: Entry, *, now: datetime.datetime, asks: bool = False) -> str:
    """The text of an .ics file. One that `asks` is an invitation, or takes an invitation back (METHOD, RFC 5546)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Alongside//EN")
    calendar.add("version", "2.0")
    if asks:
        calendar.add("method", "CANCEL" if entry.is_cancelled else "REQUEST")
    calendar.add_component(describe(entry, now, asks))
    return calendar.to_ical().decode()


def describe(entry: Entry, now: datetime.datetime, asks: bool) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@alongside")
    event.add("dtstamp", now.astimezone(datetime.UTC))
    event.add("dtstart", entry.starts_at.astimezone(datetime.UTC))
    event.add("dtend", entry.ends_at.astimezone(datetime.UTC))
    event.add("summary", entry.title)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", entry.place)
    if entry.link:
        event.add("description", entry.link)
    if asks:
        # Answers would go to nobody: whoever cannot come says so on the page that the entry links to.
        event.add("organizer", addressed("Alongside", parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
        for name, email in entry.guests:
            event.add("attendee", addressed(name, email), encode=False)
    return event


def addressed(name: str, email: str) -> vCalAddress:
    somebody = vCalAddress(f"mailto:{email}")
    somebody.params["cn"] = name
    return somebody


def method_of(calendar: str) -> str:
    """REQUEST or CANCEL, as an e-mail that carries the file must say too."""
    return next((line.removeprefix("METHOD:") for line in calendar.splitlines() if line.startswith("METHOD:")), "")
