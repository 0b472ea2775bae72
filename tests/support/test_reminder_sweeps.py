"""The sweep over all partnerships: by the worker or by hand, twice at once, and with one that cannot be worked out."""

import datetime
import random
import threading

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentoring.audit.models import Event
from mentoring.organisations import tenancy
from mentoring.organisations.models import OrganisationState
from mentoring.outbox.sweeps import sweep
from mentoring.outbox.tasks import sweep as ask_for_sweeps
from mentoring.outbox.tasks import sweep_organisation
from programmes.blueprints import load_blueprint
from programmes.support.health import Health, assess
from programmes.support.models import Meeting
from programmes.support.queries import signs_of, with_signs
from programmes.support.reminders import sweeping
from programmes.support.reminders.upcoming import Kind, upcoming
from tests import cast

from .silence import START, at, later, partnership, written

__all__ = ["partnership"]


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
