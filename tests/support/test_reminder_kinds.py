"""Each reminder says one thing, to the right person, once, on the promised morning; and never to chase a mentor."""

import datetime
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine

from mentoring.organisations import tenancy
from mentoring.outbox.delivery import drain
from mentoring.outbox.models import Message
from mentoring.outbox.sweeps import sweep
from programmes.models import PartnershipState
from programmes.outlook import NextLook
from programmes.support import actions
from programmes.support.endings import resting
from programmes.support.reminders import sweeping
from tests import cast

LONDON = ZoneInfo("Europe/London")
START, END = datetime.date(2027, 1, 4), datetime.date(2027, 12, 31)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def partnership(programme, mentor, mentee):
    """Every four weeks with a week of grace, for the whole of 2027."""
    return cast.make_partnership(programme, mentor, mentee, starts_on=START, ends_on=END)


def noon(day):
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)


def meet(partnership, by, on, next_on=None):
    with tenancy.tenant(partnership.organisation_id, by):
        activity = actions.Activity(on, 60, "video")
        actions.log_meeting(partnership, activity, actions.Words(next_on=next_on), by=by, now=noon(on))


def letters(kind):
    return list(Message.objects.filter(kind=kind).order_by("key"))


def sweep_days(first, count):
    for number in range(count):
        sweep(noon(first + number * DAY))


def sweep_around(*days):
    """From a week before each of these days to a week after it."""
    for day in days:
        sweep_days(day - 7 * DAY, 14)


MIDDLE, LAST_WEEKS, OVER = datetime.date(2027, 7, 3), datetime.date(2027, 12, 3), datetime.date(2028, 1, 1)


def test_two_weeks_after_a_meeting_the_mentee_is_reminded_of_a_word_in_between(partnership, mentee):
    meet(partnership, mentee.person, datetime.date(2027, 1, 11))

    sweep_days(datetime.date(2027, 1, 12), 30)

    (letter,) = letters("word_in_between")
    assert letter.to_id == mentee.person_id
    assert letter.key == f"word_in_between|{partnership.pk}|2027-01-11"
    assert letter.due_at == noon(datetime.date(2027, 1, 25))
    assert "You and Mor met on 11 January 2027." in letter.body


def test_nobody_is_asked_for_a_word_in_between_who_meets_again_in_those_days(partnership, mentee):
    meet(partnership, mentee.person, datetime.date(2027, 1, 11), next_on=datetime.date(2027, 1, 26))

    sweep_days(datetime.date(2027, 1, 12), 30)

    assert letters("word_in_between") == []


def test_both_hear_the_day_before_a_meeting_and_the_mentee_is_asked_afterwards(partnership, mentor, mentee, client):
    meet(partnership, mentee.person, datetime.date(2027, 1, 11), next_on=datetime.date(2027, 2, 2))

    sweep_days(datetime.date(2027, 1, 12), 40)

    before, after = letters("meeting_tomorrow"), letters("did_you_meet")
    assert {letter.to_id for letter in before} == {mentor.person_id, mentee.person_id}
    assert {letter.due_at for letter in before} == {noon(datetime.date(2027, 2, 1))}
    assert [letter.to_id for letter in after] == [mentee.person_id]
    assert after[0].subject == "Did you and Mor meet on 2 February 2027?"
    assert [f"[{answer}](http" in after[0].body for answer in ("Yes", "Moved", "No")] == [True] * 3
    link = re.search(r"\[Yes\]\(http://[^/]+(\S+)\)", after[0].body)
    assert client.get(link[1]).status_code == 200


def test_nobody_is_asked_about_a_meeting_that_is_logged(partnership, mentee):
    meet(partnership, mentee.person, datetime.date(2027, 1, 11), next_on=datetime.date(2027, 2, 2))
    sweep_days(datetime.date(2027, 1, 12), 21)
    meet(partnership, mentee.person, datetime.date(2027, 2, 2))

    sweep_days(datetime.date(2027, 2, 3), 10)

    assert letters("did_you_meet") == []


def test_the_middle_the_last_weeks_and_the_end_have_a_letter_each_to_both(partnership, mentor, mentee):
    both = {mentor.person_id, mentee.person_id}

    sweep_around(MIDDLE, LAST_WEEKS, OVER)

    days = {kind: {letter.due_at.date() for letter in letters(kind)} for kind in ("midway", "closing", "time_over")}
    assert days == {
        "midway": {MIDDLE},
        "closing": {LAST_WEEKS},
        "time_over": {OVER},
    }
    assert [{letter.to_id for letter in letters(kind)} for kind in days] == [both] * 3


def test_a_short_partnership_has_no_middle(programme, mentor, mentee):
    cast.make_partnership(programme, mentor, mentee, starts_on=START, ends_on=START + 60 * DAY)

    sweep_days(START + 20 * DAY, 45)

    assert letters("midway") == letters("closing") == []
    assert len(letters("time_over")) == 2


@pytest.mark.parametrize("state", [PartnershipState.AGREED, PartnershipState.PAUSED, PartnershipState.ENDED])
def test_who_rests_or_has_ended_or_has_not_begun_hears_of_no_milestone(partnership, state):
    partnership.state = state
    partnership.ended_at = noon(START) if state == PartnershipState.ENDED else None
    partnership.save()

    sweep_around(MIDDLE, LAST_WEEKS)

    assert Message.objects.count() == 0


def test_a_single_conversation_has_no_rhythm_to_be_reminded_of(programme, mentor, mentee):
    cast.make_partnership(programme, mentor, mentee, starts_on=START, ends_on=END, model="spot")

    sweep_days(datetime.date(2027, 2, 1), 20)

    assert Message.objects.count() == 0


def test_a_letter_left_over_from_long_ago_is_not_written_late(partnership):
    """Nobody wants to hear in September that half of their time was over in July."""
    sweep(noon(datetime.date(2027, 9, 1)))

    assert [letter.kind for letter in Message.objects.all()] == ["contact_reminder"]


def test_a_meeting_that_was_moved_cancels_the_letter_about_it(partnership, mentee, mailoutbox):
    meet(partnership, mentee.person, datetime.date(2027, 1, 11), next_on=datetime.date(2027, 2, 2))
    with time_machine.travel(noon(datetime.date(2027, 2, 1)), tick=False) as clock:
        sweep(noon(datetime.date(2027, 2, 1)))
        with tenancy.tenant(partnership.organisation_id, mentee.person):
            actions.log_no_meeting(
                partnership,
                by=mentee.person,
                now=noon(datetime.date(2027, 2, 1)),
                met_on=datetime.date(2027, 2, 1),
                next_on=datetime.date(2027, 2, 10),
            )
        drain(noon(datetime.date(2027, 2, 1)))
        clock.move_to(noon(datetime.date(2027, 2, 9)))
        sweep(noon(datetime.date(2027, 2, 9)))
        drain(noon(datetime.date(2027, 2, 9)))

    assert {mail.subject for mail in mailoutbox} == {"You and Mor meet tomorrow", "You and Sŵn meet tomorrow"}
    assert {letter.state for letter in letters("meeting_tomorrow") if "2027-02-02" in letter.key} == {"cancelled"}


def test_a_partnership_is_looked_at_again_only_when_something_changes_or_is_due(partnership, mentee):
    sweep(noon(datetime.date(2027, 1, 12)))
    asleep = NextLook.objects.get(partnership=partnership).at

    meet(partnership, mentee.person, datetime.date(2027, 1, 11))
    woken = NextLook.objects.get(partnership=partnership).at
    sweep(noon(datetime.date(2027, 1, 12)))

    assert asleep == datetime.datetime(2027, 2, 9, tzinfo=LONDON)
    assert woken.year == 1970
    assert NextLook.objects.get(partnership=partnership).at == datetime.datetime(2027, 1, 25, tzinfo=LONDON)


# --- Clocks ------------------------------------------------------------------------------------------------------------


def live_through(partnership, start, hours, *, jump_at=None, jump=datetime.timedelta(0)):
    """Sweep and send every half an hour; at one moment the server's clock may jump. What was sent, and when."""
    clock_now = start
    with time_machine.travel(start, tick=False) as clock:
        for number in range(hours * 2):
            if jump_at is not None and number == jump_at * 2:
                clock_now += jump
            clock.move_to(clock_now)
            sweep(clock_now)
            drain(clock_now)
            clock_now += datetime.timedelta(minutes=30)
    return [
        (message.kind, message.sent_at.astimezone(LONDON).strftime("%d %b %H:%M"))
        for message in Message.objects.filter(state="sent").order_by("sent_at")
    ]


@pytest.mark.parametrize(
    "silent_on",
    [
        datetime.date(2027, 3, 28),  # clocks go forward
        datetime.date(2027, 10, 31),  # clocks go back: one hour comes twice
        datetime.date(2028, 2, 29),
        datetime.date(2028, 1, 1),
        datetime.date(2027, 7, 1),
    ],
    ids=str,
)
def test_each_reminder_goes_once_at_eight_whatever_the_clock_does_that_night(
    programme, mentor, mentee, silent_on, mailoutbox
):
    """36 days before the day, so that it is the first of silence; sweeps run from the evening before into the day after."""
    starts_on = silent_on - 36 * DAY
    partnership = cast.make_partnership(
        programme, mentor, mentee, starts_on=starts_on, ends_on=starts_on + 600 * DAY, state=PartnershipState.ACTIVE
    )
    evening = datetime.datetime.combine(silent_on - DAY, datetime.time(18), tzinfo=LONDON)

    sent = live_through(partnership, evening.astimezone(datetime.UTC), 40)

    assert sent == [("contact_reminder", f"{silent_on:%d %b} 08:00")]
    assert len(mailoutbox) == 1


BACK, FORWARD = datetime.timedelta(hours=-2), datetime.timedelta(days=3)


@pytest.mark.parametrize(
    "jump, at_hour, arrives",
    [
        (BACK, 1, "09 Feb 08:00"),
        (BACK, 5, "09 Feb 08:00"),
        (BACK, 9, "09 Feb 08:00"),
        (BACK, 14, "09 Feb 08:00"),  # it had gone before the clock jumped
        (FORWARD, 1, "11 Feb 19:00"),  # it is day, and the silence is three days old
        (FORWARD, 5, "12 Feb 08:00"),
        (FORWARD, 9, "12 Feb 08:00"),  # promised before the jump; it waits for the morning
        (FORWARD, 15, "09 Feb 08:00"),
    ],
)
def test_a_servers_clock_that_jumps_sends_nothing_twice_and_loses_nothing(
    programme, mentor, mentee, jump, at_hour, arrives, mailoutbox
):
    partnership = cast.make_partnership(programme, mentor, mentee, starts_on=START, ends_on=END)
    evening = datetime.datetime(2027, 2, 8, 18, tzinfo=datetime.UTC)

    assert live_through(partnership, evening, 40, jump_at=at_hour, jump=jump) == [("contact_reminder", arrives)]
    assert len(mailoutbox) == 1


def test_on_the_day_until_which_they_rest_everybody_is_asked_once_whether_they_go_on(partnership, mentee, mentor):
    until = datetime.date(2027, 5, 3)
    with tenancy.tenant(partnership.organisation_id, mentee.person):
        resting.rest(partnership, until=until, by=mentee.person, now=noon(datetime.date(2027, 3, 1)))

    sweep_days(until - 2 * DAY, 2)
    assert letters("rest_over") == []
    sweep_days(until, 5)

    asked = letters("rest_over")
    assert {letter.to_id for letter in asked} == {mentee.person_id, mentor.person_id}
    assert len(asked) == 2
    assert "let your mentoring rest until 3 May 2027" in asked[0].body
    with tenancy.tenant(partnership.organisation_id, mentor.person):
        resting.go_on(partnership, by=mentor.person, now=noon(until))
    with time_machine.travel(noon(until), tick=False):
        assert [sweeping.still_wanted(letter) for letter in asked] == [False, False]
