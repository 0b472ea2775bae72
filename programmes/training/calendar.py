"""A training session as a calendar file (RFC 5545)."""

import datetime

from mentoring.addresses import absolute

from .models import TrainingSession

LONGEST_LINE = 75  # octets


def make_calendar(session: TrainingSession, now: datetime.datetime) -> str:
    """The text of an .ics file. The UID stays the same, so that a later file moves the entry."""
    link = absolute(session.programme.url("training:home"))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Alongside//Training//EN",
        "BEGIN:VEVENT",
        f"UID:training-{session.pk}@alongside",
        f"DTSTAMP:{utc(now)}",
        f"DTSTART:{utc(session.starts_at)}",
        f"DTEND:{utc(session.ends_at)}",
        f"SUMMARY:{escape(f'{session.title}, {session.programme.name}')}",
        f"LOCATION:{escape(session.place)}",
        f"DESCRIPTION:{escape(link)}",
        f"STATUS:{'CANCELLED' if session.cancelled_at else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{fold(line)}\r\n" for line in lines)


def utc(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    """Backslash, semicolon, comma and line break have meanings of their own."""
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return "\\n".join(text.splitlines())


def fold(line: str) -> str:
    """Break a line after at most 75 octets, never inside a character; the rest begins with a blank."""
    folded, length = "", 0
    for character in line:
        octets = len(character.encode())
        if length + octets > LONGEST_LINE:
            folded, length = f"{folded}\r\n ", 1
        folded, length = folded + character, length + octets
    return folded
