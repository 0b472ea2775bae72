"""Reminders wait for the day, for the end of a pause, and for the day's one letter where somebody wants that."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from mentoring import outbox
from mentoring.accounts.models import ContactChannel, Person
from mentoring.organisations import tenancy
from mentoring.outbox import mail
from mentoring.outbox.delivery import drain
from mentoring.outbox.models import Message, MessageState
from mentoring.outbox.rechecks import _rechecks, recheck
from tests import cast
from tests.visitor import Visitor

NOON = datetime.datetime(2027, 2, 9, 12, tzinfo=datetime.UTC)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def sam(programme, coordinator):
    return cast.make_participant(programme, "mentee", cast.make_person("Sam Okoro", "sam@example.org")).person


def change(person, **fields):
    with tenancy.visitor(person):
        Person.objects.filter(pk=person.pk).update(**fields)
    person.refresh_from_db()


def promise(person, programme, key, now=NOON, **more):
    letter = outbox.Letter(
        f"About {key}", f"Dear {person.first_name},\n\nThis is {key}.\n\n[Open](https://example.org/{key})\n"
    )
    return outbox.write(
        letter, to=person, kind="note", key=key, programme=programme, due_at=now, **{"by_day": True} | more
    )


def live(clock, now):
    clock.move_to(now)
    return drain(now)


def test_by_day_it_goes_at_once(clock, sam, programme, mailoutbox):
    promise(sam, programme, "one")

    assert live(clock, NOON) == 1


def test_a_letter_that_was_held_up_until_the_night_goes_in_the_morning(clock, sam, programme, mailoutbox):
    message = promise(sam, programme, "one")

    assert live(clock, NOON + 11 * HOUR) == 0
    message.refresh_from_db()
    assert (message.state, message.attempts, message.due_at) == (MessageState.QUEUED, 0, NOON + 20 * HOUR)
    assert live(clock, NOON + 20 * HOUR) == 1
    assert len(mailoutbox) == 1


def test_what_somebody_needs_goes_at_night_too(clock, sam, programme, mailoutbox):
    promise(sam, programme, "one", by_day=False)

    assert live(clock, NOON + 11 * HOUR) == 1


def test_during_a_pause_nothing_goes_and_afterwards_it_does(clock, sam, programme, mailoutbox):
    change(sam, paused_until=datetime.date(2027, 2, 20))
    message = promise(sam, programme, "one")

    assert message.due_at == datetime.datetime(2027, 2, 20, 8, tzinfo=datetime.UTC)
    assert [live(clock, NOON + days * DAY) for days in (0, 5, 10)] == [0, 0, 0]
    assert live(clock, NOON + 11 * DAY) == 1


def test_a_pause_that_begins_after_the_promise_counts_as_well(clock, sam, programme, mailoutbox):
    promise(sam, programme, "one")
    change(sam, paused_until=datetime.date(2027, 2, 20))

    assert [live(clock, NOON + days * DAY) for days in (0, 10, 11)] == [0, 0, 1]


def test_who_wants_one_letter_a_day_gets_one_in_the_morning_with_everything_in_it(clock, sam, programme, mailoutbox):
    change(sam, contact_channel=ContactChannel.DIGEST)
    promise(sam, programme, "first", NOON)
    promise(sam, programme, "second", NOON + HOUR)
    promise(sam, programme, "urgent", NOON, by_day=False)

    assert [live(clock, NOON + hours * HOUR) for hours in (2, 5, 20, 21)] == [1, 0, 1, 0]
    assert [mail.subject for mail in mailoutbox] == ["About urgent", "Your mentoring: 2 short notes"]
    body = mailoutbox[1].body
    assert body.count("Dear Sam,") == 1
    assert [part in body for part in ("1. About first", "This is second.", "https://example.org/second")] == [True] * 3
    gathered = Message.objects.filter(state=MessageState.GATHERED)
    assert {message.gathered_in.kind for message in gathered} == {"digest"}
    assert gathered.count() == 2


def test_the_days_letter_is_kept_from_whom_any_of_its_letters_is(
    clock, sam, organisation, programme, partnership, coordinator
):
    """Partners who signed that nobody reads when they meet, and a note about something else in the same letter."""
    change(sam, contact_channel=ContactChannel.DIGEST)
    promise(sam, programme, "tomorrow", meetings_of=partnership)
    promise(sam, programme, "other")
    type(partnership).objects.update(reading="nothing")

    live(clock, NOON + 20 * HOUR)

    seen = Message.objects.values_list("kind", flat=True).order_by("kind")
    for person, kinds in ((coordinator, ["note"]), (sam, ["digest", "note", "note"])):
        with tenancy.tenant(organisation, person):
            assert list(seen.all()) == kinds


def test_a_letter_that_is_alone_goes_as_it_is(clock, sam, programme, mailoutbox):
    change(sam, contact_channel=ContactChannel.DIGEST)
    promise(sam, programme, "first")

    assert [live(clock, NOON + hours * HOUR) for hours in (2, 20)] == [0, 1]
    assert mailoutbox[0].subject == "About first"


def test_what_is_no_longer_wanted_is_left_out_of_the_days_letter(clock, sam, programme, mailoutbox):
    recheck("note")(lambda message: message.key != "second")
    try:
        change(sam, contact_channel=ContactChannel.DIGEST)
        for key in ("first", "second", "third"):
            promise(sam, programme, key)

        live(clock, NOON + 20 * HOUR)
    finally:
        del _rechecks["note"]

    assert [mail.subject for mail in mailoutbox] == ["Your mentoring: 2 short notes"]
    assert Message.objects.get(key="second").state == MessageState.CANCELLED


def test_two_programmes_write_two_letters(clock, sam, programme, coordinator, mailoutbox):
    other = cast.make_programme("arts")
    change(sam, contact_channel=ContactChannel.DIGEST)
    for key in ("first", "second"):
        promise(sam, programme, key)
        promise(sam, other, f"{key} of arts")

    live(clock, NOON + 20 * HOUR)

    assert [mail.subject for mail in mailoutbox] == ["Your mentoring: 2 short notes"] * 2


def test_who_stopped_reminders_gets_none(clock, sam, programme, mailoutbox):
    promise(sam, programme, "one")
    change(sam, optional_mail=False)

    assert live(clock, NOON) == 0
    assert Message.objects.get(key="one").state == MessageState.CANCELLED


def test_the_link_in_a_letter_pauses_reminders_for_four_weeks(sam):
    visitor = Visitor()
    visitor.open(mail.stop_url(sam))

    visitor.press("No reminders for four weeks")

    sam.refresh_from_db()
    assert sam.optional_mail
    assert sam.paused_until == timezone.localdate() + 28 * DAY
    assert "No reminders until" in visitor.page


def test_a_person_sets_a_pause_in_their_profile_and_no_longer_one_than_a_year(client, sign_in, sam):
    sign_in(client, sam)
    page = client.get("/my/profile/")
    fields = {
        "name": "Sam",
        "time_zone": "Europe/London",
        "language": "en-gb",
        "contact_channel": "digest",
        "optional_mail": "on",
    }
    assert page.status_code == 200

    refused = client.post("/my/profile/", fields | {"paused_until": "2099-01-01"}).content.decode()
    until = timezone.localdate() + 30 * DAY
    client.post("/my/profile/", fields | {"paused_until": until.isoformat()})

    assert "or switch reminders off" in refused
    sam.refresh_from_db()
    assert (sam.paused_until, sam.contact_channel) == (until, "digest")
