"""A survey that ends in three days is asked once more, by day, of those who have not answered."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from evaluation import actions
from evaluation.models import Survey
from mentoring.outbox.models import Message
from mentoring.outbox.sweeps import sweep

DAY = datetime.timedelta(days=1)
OPENED = datetime.datetime(2027, 2, 1, 10, tzinfo=datetime.UTC)


@pytest.fixture
def survey(programme, partnership, coordinator):
    with time_machine.travel(OPENED, tick=False):
        return actions.open_survey(
            programme,
            is_anonymous=True,
            closes_on=timezone.localdate(OPENED) + 14 * DAY,
            draft=False,
            by=coordinator,
            now=OPENED,
        )


def live(first, days):
    for hour in range(0, 24 * days, 4):
        sweep(first + hour * datetime.timedelta(hours=1))


def test_those_who_have_not_answered_get_one_letter_in_the_last_three_days(survey, mailoutbox):
    live(OPENED, 20)

    written = Message.objects.filter(kind="survey").exclude(key__endswith="|first")
    assert written.count() == 2
    assert {(message.optional, message.by_day) for message in written} == {(True, True)}
    assert Survey.objects.get(pk=survey.pk).reminded_on == datetime.date(2027, 2, 12)


def test_nobody_is_written_to_twice_who_was_reminded_by_hand_in_those_days(survey, coordinator):
    with time_machine.travel(OPENED + 11 * DAY, tick=False):
        actions.remind_unanswered(survey, by=coordinator, now=OPENED + 11 * DAY)

    live(OPENED, 20)

    assert Message.objects.filter(kind="survey").count() == 4
