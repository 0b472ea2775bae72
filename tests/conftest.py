"""Fixtures: a fixed cast, in one organisation, with strangers outside it."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from mentoring.accounts.models import Person
from mentoring.organisations import tenancy
from mentoring.organisations.models import Organisation, Role
from programmes.models import Participant, Partnership, Programme

from . import cast
from .browsing import browser, complaints, new_page, page
from .database import django_db_setup
from .servers import _celery, _smtp, celery_worker_process, smtp_server, web

# Servers, a browser and the database: see the modules they come from.
__all__ = [
    "_celery",
    "_smtp",
    "browser",
    "celery_worker_process",
    "complaints",
    "django_db_setup",
    "new_page",
    "page",
    "smtp_server",
    "web",
]


@pytest.fixture
def organisation(db: None) -> Iterator[Organisation]:
    """The test runs inside this organisation's context; every request opens its own."""
    organisation = cast.make_organisation("university", name="University of Exampleford")
    with tenancy.tenant(organisation):
        yield organisation


@pytest.fixture
def administrator(organisation: Organisation) -> Person:
    person = cast.make_person("Ada Adminford", "ada@example.org")
    cast.give_role(person, Role.ADMINISTRATOR)
    return person


@pytest.fixture
def programme(organisation: Organisation, administrator: Person) -> Programme:
    return cast.make_programme("health-futures", by=administrator, name="Health Futures")


@pytest.fixture
def coordinator(programme: Programme) -> Person:
    person = cast.make_person("Priya Coordley", "priya@example.org")
    cast.give_role(person, Role.COORDINATOR, programme)
    return person


@pytest.fixture
def sponsor(programme: Programme) -> Person:
    person = cast.make_person("Sol Sponsorby", "sol@example.org")
    cast.give_role(person, Role.SPONSOR, programme)
    return person


@pytest.fixture
def partner_contact(programme: Programme) -> Person:
    person = cast.make_person("Pat Partnerton", "pat@example.org")
    cast.give_role(person, Role.PARTNER, programme, partner="County Hospital")
    return person


@pytest.fixture
def mentor(programme: Programme) -> Participant:
    return cast.make_participant(programme, "mentor", cast.make_person("Mor Mentorsen", "mor@example.org"), capacity=2)


@pytest.fixture
def mentee(programme: Programme) -> Participant:
    return cast.make_participant(programme, "mentee", cast.make_person("Sŵn Menteeova", "swn@example.org"))


@pytest.fixture
def partnership(programme: Programme, mentor: Participant, mentee: Participant) -> Partnership:
    return cast.make_partnership(programme, mentor, mentee)


@pytest.fixture
def outsider(db: None) -> Person:
    """An administrator and co-ordinator elsewhere: signed in, and nobody here."""
    elsewhere = cast.make_organisation("elsewhere")
    with tenancy.tenant(elsewhere):
        person = cast.make_person("Otto Outsider", "otto@example.org")
        cast.give_role(person, Role.ADMINISTRATOR)
        cast.give_role(person, Role.COORDINATOR, cast.make_programme("theirs", by=person))
    return person


@pytest.fixture
def sign_in() -> Callable[[Client, Person], Client]:
    """`sign_in(client, person)` gives the client back, signed in."""

    def signed_in(client: Client, person: Person) -> Client:
        with tenancy.directory():
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


# Files that take longest begin first, so that no worker is left alone with one at the end.
LONGEST = ("tests/test_demo.py", "tests/test_isolation", "tests/browser/", "tests/test_tables", "tests/test_lifecycle")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next((rank for rank, name in enumerate(LONGEST) if item.nodeid.startswith(name)), len(LONGEST))
    )
