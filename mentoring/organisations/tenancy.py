"""Whose rows a transaction may see.

Every request, task and command that touches an organisation's data runs inside `tenant(organisation)`: one transaction
that names the organisation and the person to PostgreSQL by transaction-local settings. Row-level security reads them.
Without a context a query on a tenant's table raises; it never returns silent emptiness.
"""

import contextlib
import contextvars
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection, transaction


@dataclass(frozen=True)
class Context:
    """What the database is told about the transaction.

    organisation: whose rows are seen. person: who is asking. address: the slug whose organisation may be looked up.
    directory: people may be looked up by e-mail (sign-in, invitations). platform: organisations may be created and
    listed.
    """

    organisation: UUID | None = None
    person: UUID | None = None
    address: str = ""
    directory: bool = False
    platform: bool = False


class NoTenant(RuntimeError):
    """Code that needs an organisation ran outside `tenant(organisation)`."""


_context: contextvars.ContextVar[Context | None] = contextvars.ContextVar("tenant", default=None)


def current() -> Context:
    """The context of the running transaction; an empty one outside any."""
    return _context.get() or Context()


def current_organisation_id() -> UUID:
    """The organisation of the running transaction. Refuses outside one."""
    organisation = current().organisation
    if organisation is None:
        raise NoTenant("There is no organisation in this transaction.")
    return organisation


def tenant(organisation: Any, person: Any = None) -> contextlib.AbstractContextManager[None]:
    """One transaction that sees one organisation (an instance or its id), asked by one person."""
    asking = _id(person) if person else current().person
    return within(replace(current(), organisation=_id(organisation), person=asking))


def visitor(person: Any) -> contextlib.AbstractContextManager[None]:
    """One transaction for a person who has not entered an organisation: only what is their own is seen."""
    return within(Context(person=_id(person)))


def directory() -> contextlib.AbstractContextManager[None]:
    """One transaction in which people can be found by e-mail, whichever organisations they belong to."""
    return within(replace(current(), directory=True))


def platform() -> contextlib.AbstractContextManager[None]:
    """One transaction in which organisations can be created, listed and suspended; never their rows."""
    return within(replace(current(), platform=True))


def enter(organisation: Any) -> None:
    """Go on in the running transaction as this organisation (the gate does this once it knows the address)."""
    _context.set(replace(current(), organisation=_id(organisation)))
    _tell(current())


def enter_as(person: Any) -> None:
    """Go on in the running transaction as this person: a signed link said who asks, not a session."""
    _context.set(replace(current(), person=_id(person)))
    _tell(current())


def look_up(slug: str) -> None:
    """Let the organisation at this address be seen in the running transaction."""
    if current().address != slug:
        _context.set(replace(current(), address=slug))
        _tell(current())


def walk(organisations: Iterable[Any]) -> Iterator[Any]:
    """Each organisation in turn, entered in the running transaction; afterwards the context from before holds again.

    One query for each, where `tenant` needs a savepoint too. For a person's pages over all their organisations.
    """
    before = _context.get()
    try:
        for organisation in organisations:
            enter(organisation)
            yield organisation
    finally:
        _context.set(before)
        _tell(before)


@contextlib.contextmanager
def within(context: Context) -> Iterator[None]:
    """Open a transaction with this context; afterwards the outer one, if any, holds again."""
    outer = _context.get()
    token = _context.set(context)
    try:
        with transaction.atomic():
            _tell(context)
            yield
            # A released savepoint keeps SET LOCAL, so the outer values are put back; a rollback does that by itself.
            if connection.savepoint_ids and not connection.needs_rollback:
                _tell(outer)
    finally:
        _context.reset(token)


def _tell(context: Context | None) -> None:
    """Set the transaction-local settings that policies and history triggers read."""
    told = context or Context()
    values = {
        "app.context": "on" if context else "",
        "app.organisation": str(told.organisation or ""),
        "app.person": str(told.person or ""),
        "app.address": told.address,
        "app.directory": "on" if told.directory else "",
        "app.platform": "on" if told.platform else "",
        "pghistory.context_metadata": json.dumps({"person": str(told.person) if told.person else None}),
        # Unset, it makes every history trigger throw and catch an exception: many rows then take thirty times as long.
        "pgtrigger.ignore": "{}",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "select " + ", ".join("set_config(%s, %s, true)" for _ in values),
            [part for pair in values.items() for part in pair],
        )


def _id(thing: Any) -> UUID | None:
    if thing is None or isinstance(thing, UUID):
        return thing
    return UUID(thing) if isinstance(thing, str) else thing.pk
