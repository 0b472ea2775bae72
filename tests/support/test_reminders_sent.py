"""A reminder comes on its reader's own day, at a decent hour, and not at all when it is no longer wanted."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.outbox.delivery import drain
from mentoring.outbox.models import MessageState
from mentoring.outbox.quiet import after_quiet_hours
from mentoring.outbox.sweeps import sweep
from programmes.models import PartnershipState

from .silence import SILENT_ON, at, later, partnership, written

__all__ = ["partnership"]


@pytest.mark.parametrize(
    "time_zone, moments",
    [
        # The 9th of February begins in Auckland thirteen hours before it does in London, in Honolulu ten hours after.
        ("Pacific/Auckland", [(8, 10, 0), (8, 12, 1)]),
        ("Europe/London", [(8, 23, 0), (9, 0, 1)]),
        ("Pacific/Honolulu", [(9, 9, 0), (9, 11, 1)]),
        ("Not/AZone", [(8, 23, 0), (9, 0, 1)]),
    ],
)
def test_the_day_is_the_readers_own(partnership, mentee, time_zone, moments):
    with tenancy.visitor(mentee.person):
        mentee.person.time_zone = time_zone
        mentee.person.save()

    assert [sweep(at(datetime.date(2027, 2, day), hour)) for day, hour, _ in moments] == [
        count for _, _, count in moments
    ]


@pytest.mark.parametrize(
    "moment, time_zone, due",
    [
        ("2027-02-09T12:00+00:00", "Europe/London", "2027-02-09T12:00+00:00"),
        ("2027-02-09T07:59+00:00", "Europe/London", "2027-02-09T08:00+00:00"),
        ("2027-02-09T08:00+00:00", "Europe/London", "2027-02-09T08:00+00:00"),
        ("2027-02-09T19:59+00:00", "Europe/London", "2027-02-09T19:59+00:00"),
        ("2027-02-09T20:00+00:00", "Europe/London", "2027-02-10T08:00+00:00"),
        ("2027-12-31T22:00+00:00", "Europe/London", "2028-01-01T08:00+00:00"),
        ("2027-07-01T19:30+00:00", "Europe/London", "2027-07-02T07:00+00:00"),  # half past eight in summer
        ("2027-03-27T22:00+00:00", "Europe/London", "2027-03-28T07:00+00:00"),  # clocks go forward that night
        ("2027-10-30T21:00+00:00", "Europe/London", "2027-10-31T08:00+00:00"),  # and back that one
        ("2028-02-28T21:00+00:00", "Europe/London", "2028-02-29T08:00+00:00"),
        ("2027-02-09T12:00+00:00", "Asia/Tokyo", "2027-02-09T23:00+00:00"),
        ("2027-02-09T12:00+00:00", "Pacific/Honolulu", "2027-02-09T18:00+00:00"),
    ],
)
def test_nobody_is_written_to_at_night(moment, time_zone, due):
    arrives = after_quiet_hours(datetime.datetime.fromisoformat(moment), time_zone)

    assert arrives == datetime.datetime.fromisoformat(due)
    assert 8 <= arrives.astimezone(ZoneInfo(time_zone)).hour < 20


def test_a_sweep_at_night_promises_the_letter_for_the_morning(partnership):
    sweep(at(SILENT_ON, 3))

    assert written()[0].due_at == at(SILENT_ON, 8)


@pytest.fixture
def reminded(partnership):
    with time_machine.travel(later(0), tick=False):
        sweep(later(0))
        yield partnership


def test_the_letter_is_sent(reminded, mentee, mailoutbox):
    drain(later(0))

    (mail,) = mailoutbox
    assert mail.subject == "Time for a word with Mor?"
    assert mentee.person.email in mail.to[0]
    assert written()[0].state == MessageState.SENT


def test_partners_who_met_in_the_meantime_are_not_written_to(reminded, mentee, log_meeting, mailoutbox):
    log_meeting(reminded, SILENT_ON, by=mentee.person, now=later(0))

    drain(later(0))

    assert mailoutbox == []
    assert written()[0].state == MessageState.CANCELLED


@pytest.mark.parametrize("state", [PartnershipState.PAUSED, PartnershipState.ENDED])
def test_partners_who_rest_or_have_ended_in_the_meantime_are_not_written_to(reminded, mailoutbox, state):
    reminded.state = state
    reminded.ended_at = later(0) if state == PartnershipState.ENDED else None
    reminded.save()

    drain(later(0))

    assert mailoutbox == []


def test_a_person_who_left_is_not_written_to(reminded, mentee, mailoutbox):
    reminded.members.filter(person=mentee.person).update(left_at=later(0))

    drain(later(0))

    assert mailoutbox == []


def test_a_person_who_stopped_reminders_is_not_written_to(reminded, mentee, mailoutbox):
    with tenancy.visitor(mentee.person):
        mentee.person.optional_mail = False
        mentee.person.save()

    drain(later(0))

    assert mailoutbox == []


def test_the_trail_says_that_a_reminder_was_written(reminded):
    event = Event.objects.get(what="reminder written")

    assert (event.object_id, event.person_id, event.details) == (
        reminded.pk,
        None,
        {"of": "contact_reminder", "about": "2027-02-09"},
    )
