"""Everybody who is expected at a session hears of it once more, on the morning before."""

import datetime

import pytest
import time_machine

from mentoring.outbox.delivery import drain
from mentoring.outbox.models import Message
from mentoring.outbox.sweeps import sweep
from programmes.training.models import TrainingSession

STARTS = datetime.datetime(2027, 2, 10, 13, 30, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def session(programme, mentor, mentee):
    return TrainingSession.objects.create(
        programme=programme, title="Starting together", starts_at=STARTS, place="Room 4", trainer="Priya"
    )


def live(first, hours):
    with time_machine.travel(first, tick=False) as clock:
        for number in range(hours):
            clock.move_to(first + number * HOUR)
            sweep(first + number * HOUR)
            drain(first + number * HOUR)


def test_both_hear_of_it_at_eight_on_the_morning_before(session, mentor, mentee, mailoutbox):
    live(STARTS - 72 * HOUR, 80)

    sent = Message.objects.filter(kind="session_tomorrow", state="sent")
    assert {message.to_id for message in sent} == {mentor.person_id, mentee.person_id}
    assert {message.due_at for message in sent} == {datetime.datetime(2027, 2, 9, 8, tzinfo=datetime.UTC)}
    assert [mail.subject for mail in mailoutbox] == ["Tomorrow: Starting together, 13:30"] * 2


def test_nobody_hears_of_a_session_that_is_cancelled_meanwhile(session, mailoutbox):
    with time_machine.travel(STARTS - 36 * HOUR, tick=False):
        sweep(STARTS - 36 * HOUR)
    session.cancelled_at = STARTS - 35 * HOUR
    session.save()

    live(STARTS - 34 * HOUR, 30)

    assert mailoutbox == []


def test_a_session_that_moves_is_announced_at_its_new_time(session, mailoutbox):
    live(STARTS - 40 * HOUR, 14)
    session.starts_at = STARTS + 7 * 24 * HOUR
    session.save()

    live(STARTS - 25 * HOUR, 8 * 24)

    assert len(mailoutbox) == 4
