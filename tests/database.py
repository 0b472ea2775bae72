"""The test database: a copy of a template that the owner migrated once, used as the unprivileged role.

The template's name tells which schema it holds, so it is made again only when the schema changes.
"""

import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from mentoring.fingerprint import ROOT, schema_fingerprint
from tests.plugin import DATABASE

LOCK = 20261122  # any number: whoever holds it may make or copy the template, which must have no other session


def owner_url(database: str) -> str:
    return os.environ["TEST_OWNER"].replace("{database}", database)


@contextmanager
def owner_alone() -> Iterator[psycopg.Connection]:
    """A session of the owner's, while no other worker makes or copies a database."""
    with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [LOCK])
        yield connection


def run(connection: psycopg.Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def make_template(connection: psycopg.Connection) -> str:
    """The name of a migrated database with this schema, made if it is not there; older ones go."""
    name = f"template_{schema_fingerprint()}"
    made = [row[0] for row in connection.execute("select datname from pg_database where datname like 'template\\_%%'")]
    if name in made:
        return name
    for old in made:
        run(connection, "drop database {} with (force)", old)
    run(connection, "create database {}", "template_unfinished")
    environment = os.environ | {"DATABASE_URL": owner_url("template_unfinished"), "MAINTENANCE": "true"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    migrated = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if migrated.returncode:
        pytest.exit(f"The test database could not be migrated.\n{migrated.stdout}{migrated.stderr}", returncode=3)
    run(connection, "alter database {} rename to {}", "template_unfinished", name)
    return name


def copy_template() -> None:
    """Replace this worker's database by a fresh copy, whoever is connected to it."""
    connections.close_all()
    with owner_alone() as connection:
        template = make_template(connection)
        run(connection, "drop database if exists {} with (force)", DATABASE)
        run(connection, "create database {} template {} strategy file_copy", DATABASE, template)


KEPT = ("django_migrations", "django_content_type", "auth_permission")  # rows that migrations made


def empty_tables() -> None:
    """Leave this worker's tables as they were made. As the owner, and past the triggers that keep rows for ever."""
    options = "-c app.maintenance=on -c lock_timeout=20s"
    try:
        with psycopg.connect(owner_url(DATABASE), options=options) as connection:
            tables = tables_with_rows(connection)
            for statement in ("alter table {} disable trigger user", "delete from {}"):
                for name in tables:
                    run(connection, statement, name)
            connection.execute("set constraints all immediate")  # no table changes whose keys are still to be checked
            for name in tables:
                run(connection, "alter table {} enable trigger user", name)
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):  # somebody hangs on: they lose it
        copy_template()


def tables_with_rows(connection: psycopg.Connection) -> list[str]:
    found = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
    ask = sql.SQL("select {} where exists (select from {})")
    asked = [ask.format(name, sql.Identifier(name)) for (name,) in found if name not in KEPT]
    return [name for (name,) in connection.execute(sql.SQL(" union all ").join(asked)).fetchall()]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Generator[None]:
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        copy_template()
        # Django empties tables after a test that commits. This role may not, and append-only tables refuse anybody.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: empty_tables())
        # One round instead of a million: hashing is Django's to test.
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        yield
        connections.close_all()
