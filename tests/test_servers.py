"""The servers that tests rely on are real."""

import os

import pytest
from django.core.mail import EmailMessage
from django.db import connection

from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from tests import cast
from tests.servers import ask


@pytest.fixture
def person(transactional_db: None) -> Person:
    return cast.make_person("Ada Adminford", "ada@example.org")


def test_tests_use_the_role_that_row_level_security_binds(db):
    with connection.cursor() as cursor:
        cursor.execute("select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user")

        assert cursor.fetchone() == ("mentoring_app", False, False)


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_commits_is_gone_in_the_next(person, time):
    with tenancy.directory():
        assert [known.email for known in Person.objects.all()] == ["ada@example.org"]


def test_mail_arrives_by_smtp(smtp_server):
    EmailMessage("Your agreement", "Dear Ada,\n\nIt is ready.", to=["ada@example.org"]).send()

    message = smtp_server.wait_for("ada@example.org", "agreement")
    assert message.get_content() == "Dear Ada,\r\n\r\nIt is ready.\r\n"
    assert smtp_server.sent_to("other@example.org") == []


def test_worker_runs_tasks_in_another_process(celery_worker_process):
    (worker,) = ask(celery_worker_process).stats().values()

    assert worker["pid"] != os.getpid()


def test_browser_opens_a_page_of_the_web_server(page, web, settings):
    answer = page.goto("/accounts/login/")

    assert (answer.status, page.url) == (200, f"{settings.BASE_URL}/accounts/login/")
    assert page.get_by_role("textbox").count() >= 1
