"""Letters about a planned meeting, each with the calendar file that enters, moves or removes it."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format

from mentoring import outbox
from mentoring.accounts.clocks import zone
from mentoring.accounts.models import Person
from mentoring.addresses import absolute
from mentoring.calendars import Entry, write_calendar
from programmes.models import Partnership
from programmes.queries import contact_of

from ..models import PlannedMeeting, PlannedState
from ..queries import name_others


def tell_all(change: str, planned: PlannedMeeting, *, by: Person, now: datetime.datetime) -> None:
    """Write to every partner, the one who did it too: all of them keep a calendar. Words on the agenda stay out."""
    readers = current_members(planned.partnership)
    for reader in readers:
        outbox.write(
            compose(change, planned, reader, by=by, now=now),
            to=reader,
            kind=f"meeting_{change}",
            key=f"meeting_{change}|{planned.pk}|{planned.sequence}|{reader.pk}",
            programme=planned.partnership.programme,
            meetings_of=planned.partnership,
            signed_by=contact_of(planned.partnership.programme),
        )


def current_members(partnership: Partnership) -> list[Person]:
    return [member.person for member in partnership.present_members()]


def compose(
    change: str, planned: PlannedMeeting, reader: Person, *, by: Person, now: datetime.datetime
) -> outbox.Letter:
    letter = outbox.compose(
        f"support/emails/meeting_{change}.txt",
        {
            "reader": reader,
            "by": by,
            "by_reader": reader.pk == by.pk,
            "others": name_others(planned.partnership, reader),
            "planned": planned,
            "when": say_when(planned, reader),
            "url": absolute(planned.partnership.url("support:planned", pk=planned.pk)),
        },
    )
    return outbox.Letter(letter.subject, letter.body, calendar=calendar_of(planned, reader, now=now, asks=True))


def say_when(planned: PlannedMeeting, reader: Person) -> str:
    """Day, hour and the name of the clock, as the reader's own clock has it."""
    local = timezone.localtime(planned.starts_at, zone(reader.time_zone))
    clock = reader.time_zone.rpartition("/")[2].replace("_", " ")
    return f"{date_format(local, 'l j F Y, H:i')} ({clock} time)"


def calendar_of(planned: PlannedMeeting, reader: Person, *, now: datetime.datetime, asks: bool = False) -> str:
    """The meeting as a calendar file for one partner."""
    partnership = planned.partnership
    entry = Entry(
        uid=f"meeting-{planned.pk}",
        title=f"Mentoring with {name_others(partnership, reader)}",
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        place=planned.place or planned.get_medium_display(),
        link=absolute(partnership.url("support:planned", pk=planned.pk)),
        sequence=planned.sequence,
        is_cancelled=planned.state == PlannedState.CANCELLED,
        guests=tuple((str(person), person.email) for person in current_members(partnership)),
    )
    return write_calendar(entry, now=now, asks=asks)
