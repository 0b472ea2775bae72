"""A database of one benchmark's own: a copy of the migrated one, dropped at the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
import psycopg
from django.db import connections
from psycopg import sql

NAME = "scratch"


@contextmanager
def scratch_database() -> Iterator[None]:
    """Django, connected as the application to an empty copy. Nobody else may be connected to what is copied."""
    owner, source = os.environ["OWNER_DATABASE_URL"], os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = address_of(source, NAME)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentoring.settings"
    with psycopg.connect(address_of(owner, "postgres"), autocommit=True) as connection:
        make(connection, source.rpartition("/")[2])
        try:
            django.setup()
            yield
        finally:
            connections.close_all()
            drop(connection)


def address_of(url: str, database: str) -> str:
    return f"{url.rpartition('/')[0]}/{database}"


def make(connection: psycopg.Connection, source: str) -> None:
    drop(connection)
    names = map(sql.Identifier, (NAME, source))
    connection.execute(sql.SQL("create database {} template {} strategy file_copy").format(*names))


def drop(connection: psycopg.Connection) -> None:
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(NAME)))
