"""Large sample data is what the product would have made, only quicker."""

import datetime
import re
from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import isolate_apps
from django.utils import timezone

from mentoring.accounts.models import Person
from mentoring.audit.models import Event
from mentoring.demo.sample import bulk
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation
from mentoring.refusal import Refused
from programmes.models import Member, Participant, Partnership, Programme
from programmes.recruitment.models import Application
from programmes.support.models import Meeting, MeetingLog, ProgressRecord

COPIED = (Participant, Application, Partnership, Member, Meeting, MeetingLog)
LINK = re.compile(r'href="(/sample-7-1/[^"#]*)"')


@pytest.fixture
def loaded(db: None) -> Iterator[list[dict[str, str]]]:
    """A programme of 20 partnerships; the test goes on inside its organisation."""
    sign_ins = bulk.load(organisations=1, programmes=1, pairs=20, seed=7, meetings=4)
    with tenancy.tenant(organisation("sample-7-1")):
        yield sign_ins


def organisation(slug: str) -> Organisation:
    with tenancy.platform():
        return Organisation.objects.get(slug=slug)


def person(sign_ins: list[dict[str, str]], role: str) -> Person:
    email = next(row["email"] for row in sign_ins if row["role"] == role)
    with tenancy.directory():
        return Person.objects.get(email=email)


@pytest.mark.parametrize("role", ["co-ordinator", "mentor", "mentee"])
def test_every_page_that_somebody_is_led_to_opens(client, loaded, sign_in, role):
    browser: Client = sign_in(client, person(loaded, role))
    found, statuses = {"/my/", "/sample-7-1/"}, {}

    while (unseen := found - statuses.keys()) and len(statuses) < 60:
        answer = browser.get(path := min(unseen), follow=True)
        statuses[path] = answer.status_code
        if answer.headers["Content-Type"].startswith("text/html"):
            found |= set(LINK.findall(answer.content.decode()))

    assert {path: status for path, status in statuses.items() if status != 200} == {}
    assert len(statuses) > 5


def test_database_checks_every_rule(loaded):
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")

    signed = Partnership.objects.filter(state="active").count()
    assert (Partnership.objects.count(), signed) == (20, 19)
    assert Meeting.objects.count() == signed * 4
    assert Meeting.objects.filter(met_on__gte=timezone.localdate()).count() == 0


def test_history_and_trail_hold_every_row(loaded):
    for model in (Meeting, MeetingLog, Member, Application):
        assert model.pgh_event_model.objects.filter(pgh_label="insert").count() == model.objects.count()
    assert Event.objects.filter(what="meeting logged").count() == MeetingLog.objects.count()
    assert Event.objects.filter(what="partnership begun").count() == Partnership.objects.count()


def test_only_partners_read_what_was_said(loaded):
    mentee = person(loaded, "mentee")

    with tenancy.tenant(organisation("sample-7-1"), mentee):
        own = ProgressRecord.objects.filter(partnership__members__person=mentee).count()
        assert (own > 0, ProgressRecord.objects.count()) == (True, own)
    with tenancy.tenant(organisation("sample-7-1"), person(loaded, "co-ordinator")):
        assert ProgressRecord.objects.count() == 0


def test_everybody_shown_can_sign_in_by_password(client, loaded):
    for row in loaded:
        browser = Client()
        answer = browser.post("/accounts/login/", {"login": row["email"], "password": row["password"]})
        assert (row["role"], answer.status_code, answer.url) == (row["role"], 302, "/my/")


def test_same_seed_makes_the_same_rows_and_another_seed_others(db):
    assert rows_of(seed=7) == rows_of(seed=7)
    assert rows_of(seed=7) != rows_of(seed=8)


def rows_of(seed: int) -> dict[str, set[tuple[Any, ...]]]:
    """What a seed makes, then undone: every copied row, without the keys of records that actions made."""
    with transaction.atomic():
        bulk.load(programmes=1, pairs=6, seed=seed, meetings=2)
        with tenancy.tenant(organisation(f"sample-{seed}-1")):
            rows = {model: list(model.objects.values()) for model in COPIED}
        transaction.set_rollback(True)
    keys = {row["id"] for found in rows.values() for row in found}
    return {model.__name__: {told(row, keys) for row in found} for model, found in rows.items()}


def told(row: dict[str, Any], keys: set[UUID]) -> tuple[Any, ...]:
    return tuple(value for value in row.values() if not isinstance(value, UUID) or value in keys)


def test_seed_that_was_loaded_is_refused(loaded):
    with pytest.raises(Refused, match="is there already"):
        bulk.load(organisations=1, programmes=1, pairs=3, seed=7)


def test_command_loads_what_its_options_say(db):
    said = StringIO()
    call_command("sample", programmes=1, pairs=3, meetings=1, seed=9, stdout=said)

    assert '"sample-9-1"' in said.getvalue()
    with tenancy.tenant(organisation("sample-9-1")):
        assert Programme.objects.get().partnerships.count() == 3


def test_command_explains_a_wrong_number(db):
    with pytest.raises(CommandError, match=r"--pairs is -1: give a number from 0\."):
        call_command("sample", pairs=-1)


@isolate_apps("mentoring.demo")
def test_field_that_a_row_must_say_is_named(db):
    class Unsaid(models.Model):
        when = models.DateTimeField(default=datetime.datetime.now)

        class Meta:
            app_label = "demo"

    with pytest.raises(ValueError, match=r"Rows of demo\.Unsaid must say their when\."):
        bulk.batch.insertion(Unsaid, ("id",))


def test_sample_people_are_not_made_in_a_deployment(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="only where DEMO is set"):
        call_command("sample", pairs=1)
