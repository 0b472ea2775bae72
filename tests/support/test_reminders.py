"""A silent partnership gets exactly one reminder, at a decent hour, and none when it is no longer wanted."""

import datetime
import random
import threading
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.organisations.models import OrganisationState
from mentoring.outbox.delivery import drain
from mentoring.outbox.models import Message, MessageState
from mentoring.outbox.quiet import after_quiet_hours
from mentoring.outbox.sweeps import sweep
from mentoring.outbox.tasks import sweep as ask_for_sweeps
from mentoring.outbox.tasks import sweep_organisation
from programmes.blueprints import load_blueprint
from programmes.models import PartnershipState, ProgrammeState
from programmes.support import actions
from programmes.support.health import Health, assess
from programmes.support.models import Meeting
from programmes.support.queries import signs_of, with_signs
from programmes.support.reminders import sweeping
from programmes.support.reminders.upcoming import Kind, upcoming
from tests import cast

START = datetime.date(2027, 1, 4)
SILENT_ON = datetime.date(2027, 2, 9)  # 28 days of rhythm, 7 of grace, and the day after


def at(day: datetime.date, hour: int = 12, minute: int = 0) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour, minute), tzinfo=datetime.UTC)


def later(days: int, hour: int = 12) -> datetime.datetime:
    """Some days after the first day of silence."""
    return at(SILENT_ON + datetime.timedelta(days=days), hour)


@pytest.fixture
def partnership(programme, mentor, mentee):
    """Every four weeks with a week of grace, from 4 January 2027 to the end of the year."""
    partnership = cast.make_partnership(programme, mentor, mentee, starts_on=START, ends_on=datetime.date(2027, 12, 31))
    partnership.created_at = at(START)
    partnership.save()
    return partnership


def written():
    return list(Message.objects.filter(kind="contact_reminder").order_by("key"))


@pytest.mark.parametrize("days, reminded", [(-30, 0), (-8, 0), (-1, 0), (0, 1), (1, 1), (100, 1)])
def test_a_reminder_is_written_once_rhythm_and_grace_are_used_up(partnership, days, reminded):
    assert sweep(later(days)) == reminded == len(written())


def test_it_goes_to_the_mentee_in_the_programmes_words_with_two_answers(programme, partnership, mentee, coordinator):
    sweep(later(0))

    (message,) = written()
    assert (message.to_id, message.address, message.signed_by_id) == (
        mentee.person_id,
        mentee.person.email,
        coordinator.pk,
    )
    assert message.key == f"contact_reminder|{partnership.pk}|2027-02-09"
    assert message.subject == "Time for a word with Mor?"
    assert "You and Mor have not noted a meeting since 4 January 2027." in message.body
    assert "[We have met: log it](http://localhost" in message.body
    assert partnership.url("support:log") in message.body
    assert partnership.url("support:not_met") in message.body
    assert (message.optional, message.state, message.due_at) == (True, MessageState.QUEUED, later(0))


def test_a_second_sweep_and_a_late_one_change_nothing(partnership):
    assert [sweep(later(days)) for days in (0, 0, 1, 2, 60)] == [1, 0, 0, 0, 0]
    assert len(written()) == 1


def test_a_sweep_that_comes_a_month_late_promises_the_same_letter(partnership):
    sweep(later(31))

    assert written()[0].key.endswith("|2027-02-09")


def test_each_silence_has_its_own_reminder(partnership, mentee, log_meeting):
    sweep(later(0))
    log_meeting(partnership, SILENT_ON, by=mentee.person, now=later(0))

    assert [sweep(later(days)) for days in (1, 35, 36, 37)] == [0, 0, 1, 0]
    assert [message.key[-10:] for message in written()] == ["2027-02-09", "2027-03-17"]


def test_a_rhythm_changed_in_the_middle_of_a_silence_does_not_remind_again(partnership):
    sweep(later(0))
    partnership.cadence_days = 35
    partnership.save()

    assert [sweep(later(days)) for days in (6, 7, 8, 40)] == [0, 0, 0, 0]


def test_a_letter_that_was_thrown_away_is_not_written_again(partnership):
    sweep(later(0))
    Message.objects.update(state=MessageState.CANCELLED)

    assert sweep(later(1)) == 0
    assert Event.objects.filter(what="reminder written").count() == 1


def test_a_date_they_set_keeps_the_reminder_away(partnership, mentee, organisation):
    with tenancy.tenant(organisation, mentee.person):
        actions.log_no_meeting(
            partnership,
            by=mentee.person,
            now=later(-2),
            met_on=SILENT_ON - datetime.timedelta(days=2),
            next_on=SILENT_ON + datetime.timedelta(days=10),
        )

    assert [(sweep(later(days)), len(written()))[1] for days in (0, 10, 17, 18)] == [0, 0, 0, 1]


@pytest.mark.parametrize("state", [PartnershipState.AGREED, PartnershipState.PAUSED, PartnershipState.ENDED])
def test_only_active_partnerships_are_reminded(partnership, state):
    partnership.state = state
    partnership.ended_at = at(START) if state == PartnershipState.ENDED else None
    partnership.save()

    assert sweep(later(5)) == 0


def test_nobody_is_reminded_of_a_closed_programme_or_after_the_last_day(programme, partnership):
    sweep(at(datetime.date(2028, 1, 1)))
    assert written() == []

    programme.state = ProgrammeState.CLOSED
    programme.save()

    assert sweep(later(5)) == 0


def test_a_partnership_that_came_back_counts_from_its_return(partnership):
    partnership.rhythm_from = SILENT_ON
    partnership.save()

    assert [sweep(later(days)) for days in (0, 35, 36)] == [0, 0, 1]


@pytest.mark.parametrize(
    "contact_by, to", [("mentee", ["mentee"]), ("mentor", ["mentor"]), ("either", ["mentee", "mentor"])]
)
def test_it_goes_to_whom_the_programme_asks_to_keep_contact(programme, partnership, mentor, mentee, contact_by, to):
    programme.contact_by = contact_by
    programme.save()

    assert [sweep(later(days)) for days in (0, 1)] == [len(to), 0]
    roles = {mentor.person_id: "mentor", mentee.person_id: "mentee"}
    assert sorted(roles[message.to_id] for message in written()) == to


def test_a_programme_that_reads_first_gets_drafts(programme, partnership):
    programme.sends_drafts = True
    programme.save()

    sweep(later(0))

    assert written()[0].state == MessageState.DRAFT


def test_a_reminder_that_only_they_may_read_waits_for_nobody_and_is_seen_by_nobody_else(
    organisation, programme, partnership, coordinator, mentee
):
    programme.sends_drafts = True
    programme.save()
    partnership.reading = "nothing"
    partnership.save()

    sweep(later(0))

    assert written()[0].state == MessageState.QUEUED
    reminded = Event.objects.filter(what="reminder written")
    for person, seen in ((coordinator, 0), (mentee.person, 1), (None, 1)):
        with tenancy.tenant(organisation, person):
            assert (len(written()), reminded.count()) == (seen, seen)


def test_a_programme_without_a_blueprint_has_words_too(programme, partnership):
    programme.blueprint = {}
    programme.save()

    sweep(later(0))

    assert written()[0].subject == "Time for a word with Mor?"


def test_a_blueprint_may_wait_longer(programme, partnership):
    programme.blueprint["reminders"][0]["after_days"] = 3
    programme.save()

    assert [sweep(later(days)) for days in (0, 2, 3)] == [0, 0, 1]
    assert written()[0].key.endswith("|2027-02-09")


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


def test_the_task_and_the_command_do_the_same(partnership, capsys):
    with time_machine.travel(later(0), tick=False):
        sweep_organisation.apply(headers={"organisation": str(partnership.organisation_id)})
        call_command("remind")

    assert capsys.readouterr().out == "0 reminders written.\n"
    assert len(written()) == 1


def test_a_suspended_organisation_is_left_alone(organisation, partnership):
    with tenancy.platform():
        organisation.state = OrganisationState.SUSPENDED
        organisation.save()

    assert sweep(later(0)) == 0


def test_a_sweep_with_nothing_due_asks_the_same_questions_however_many_there_are(programme, partnership):
    def count():
        with CaptureQueriesContext(connection) as captured:
            assert sweep(later(1)) == 0
        return len(captured)

    sweep(later(0))
    with_one = count()
    for _ in range(30):
        cast.make_partnership(programme, starts_on=START, ends_on=datetime.date(2027, 12, 31))
    assert sweep(later(0)) == 30

    assert count() == with_one


def test_one_partnership_that_cannot_be_worked_out_keeps_no_other_from_its_letter(programme, partnership, monkeypatch):
    other = cast.make_partnership(programme, starts_on=START, ends_on=datetime.date(2027, 12, 31))
    compose = sweeping.compose

    def fail(pair, *args):
        if pair.pk == partnership.pk:
            raise ValueError("broken")
        return compose(pair, *args)

    monkeypatch.setattr(sweeping, "compose", fail)
    first = sweep(later(0))
    monkeypatch.undo()

    assert (first, sweep(later(0)), sweep(later(1))) == (1, 0, 1)
    assert [message.key.split("|")[1] for message in written()] == sorted([str(partnership.pk), str(other.pk)])


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once():
    organisation = cast.make_organisation("university")
    with tenancy.tenant(organisation):
        programme = cast.make_programme(blueprint=load_blueprint("ukrc"))
        for _ in range(10):
            cast.make_partnership(programme, starts_on=START, ends_on=datetime.date(2027, 12, 31))
    both_ready = threading.Barrier(2)
    counted = []

    def work() -> None:
        both_ready.wait()
        counted.append(sweep(later(0)))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    with tenancy.tenant(organisation):
        assert (sum(counted), len(written())) == (10, 10)
        assert Event.objects.filter(what="reminder written").count() == 10


def noon_somewhere() -> str:
    """A time zone in which it is the middle of the day now."""
    hours = 12 - datetime.datetime.now(datetime.UTC).hour
    return f"Etc/GMT{-hours:+d}"


def test_a_real_worker_sends_one_reminder_by_real_mail(celery_worker_process, smtp_server, web):
    organisation = cast.make_organisation("university")
    with tenancy.tenant(organisation):
        programme = cast.make_programme(blueprint=load_blueprint("ukrc"))
        mentee = cast.make_participant(programme, "mentee", cast.make_person("Sam Okoro", time_zone=noon_somewhere()))
        cast.make_partnership(programme, mentee=mentee)

    for _ in range(3):
        ask_for_sweeps.delay()
    mail = smtp_server.wait_for(mentee.person.email, "Time for a word")

    assert "You and Person" in mail.get_body(("plain",)).get_content()
    assert sweep(datetime.datetime.now(datetime.UTC)) == 0
    assert len(smtp_server.sent_to(mentee.person.email)) == 1


def test_a_reminder_of_contact_is_due_on_the_days_on_which_health_says_silent(programme, organisation):
    """Any mixture of starts, rhythms, returns, meetings and plans."""
    dice = random.Random(6)
    for _ in range(40):
        starts_on = START + datetime.timedelta(days=dice.randrange(60))
        pair = cast.make_partnership(
            programme,
            starts_on=starts_on,
            ends_on=datetime.date(2028, 1, 1),
            cadence_days=dice.choice([1, 7, 28]),
            grace_days=dice.choice([0, 7]),
            rhythm_from=dice.choice([None, starts_on + datetime.timedelta(days=dice.randrange(-20, 40))]),
        )
        for met_on in sorted(starts_on + datetime.timedelta(days=dice.randrange(80)) for _ in range(dice.randrange(3))):
            Meeting.objects.get_or_create(
                partnership=pair,
                met_on=met_on,
                defaults={
                    "minutes": 30,
                    "medium": "phone",
                    "next_on": dice.choice([None, met_on + datetime.timedelta(days=dice.randrange(1, 60))]),
                    "logged_by": pair.mentees[0].person,
                    "logged_at": at(datetime.date(2027, 12, 1)),
                },
            )

    silent = 0
    for pair in with_signs(programme.partnerships.all()):
        signs = signs_of(pair)
        (contact,) = [prompt for prompt in upcoming(signs, pair.starts_on) if prompt.kind == Kind.CONTACT]
        for day in (START + datetime.timedelta(days=number) for number in range(0, 200, 9)):
            assert contact.is_due(day) == (assess(signs, day).health == Health.SILENT)
            silent += contact.is_due(day)
    assert silent > 100
