"""Whoever signs is killed without warning before and after every statement, and before and after the commit.

Killed really: a process of its own that sends itself SIGKILL. A killed signature must have left nothing, or, once
committed, everything. In the end the same person signs in peace, and every table of the organisation, histories included,
must have grown by exactly what a signature adds that nobody disturbed. Four kinds of signature are tried, from the first
of an agreement to that of somebody who joins later.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bench.report import print_table, print_verdict

from .agreements import Place, get_ready, join, make_place, make_ready, now, people_in, sign

FURTHEST = 1000  # statements: many more than signing has
SIGNERS = ("the first to sign", "the last to sign", "the last to sign a change", "somebody who joins later")
# What is counted after every kill; all the other tables are counted when the signature is whole.
TELLING = (
    "audit_event", "contracts_signature", "contracts_agreementevent", "documents_document", "documents_seal",
    "outbox_message", "programmes_partnershipevent",
)  # fmt: skip
Rows = dict[str, int]


@dataclass(frozen=True)
class Signer:
    """Somebody about to sign."""

    place: Place
    partnership: Any
    person: Any


@dataclass
class Outcome:
    """What became of one kind of signature. whole: how often everything was there, after the commit or in peace."""

    statements: int = 0
    kills: int = 0
    halves: int = 0
    whole: int = 0


def run(seconds: float, sign_ins: list[dict[str, str]]) -> bool:
    """Whether a kill left a half, or kept somebody from signing afterwards. Takes its own time."""
    pairs, circles = make_place("interrupted"), make_place("interrupted-circle", "circles", "circle")
    outcomes = {name: kill_everywhere(name, pairs, circles) for name in SIGNERS}
    rows = [(name, one.statements, one.kills, one.halves, one.whole) for name, one in outcomes.items()]
    print_table(("killed", "statements", "kills", "half-done states", "whole in the end, of 2"), rows)
    wrong = sum(one.halves + abs(one.whole - 2) for one in outcomes.values())
    print_verdict("signing_killed", wrong / sum(one.kills for one in outcomes.values()), 0)
    return bool(wrong)


def kill_everywhere(name: str, pairs: Place, circles: Place, step: int = 1) -> Outcome:
    """Before each statement, then after each, until the signature is whole; `step` leaves some of them out."""
    outcome, undisturbed = Outcome(), about_to_sign(name, pairs, circles)
    before = count(undisturbed.place)
    sign(undisturbed.place, undisturbed.partnership, undisturbed.person)
    wanted = grown(undisturbed.place, before)
    for when in ("before", "after"):
        kill_round(about_to_sign(name, pairs, circles), when, step, outcome, wanted)
    return outcome


def about_to_sign(name: str, pairs: Place, circles: Place) -> Signer:
    """In a partnership of their own, which is as far as it must be."""
    unique = f"{time.monotonic_ns()}"
    if name == "somebody who joins later":
        return about_to_join(circles, unique)
    partnership = make_ready(pairs, unique)
    first, last = people_in(pairs, partnership)
    if name == "the first to sign":
        return Signer(pairs, partnership, first)
    sign(pairs, partnership, first)
    if name == "the last to sign a change":
        sign(pairs, partnership, last)
        change_words(pairs, partnership, first)
        sign(pairs, partnership, first)
    return Signer(pairs, partnership, last)


def change_words(place: Place, partnership: Any, by: Any) -> None:
    from contracts import actions

    with place.tenant(by):
        actions.propose_change(partnership, by=by, now=now())
    get_ready(place, partnership, "As we see it now.")


def about_to_join(place: Place, unique: str) -> Signer:
    partnership = make_ready(place, unique, ("facilitator", "mentee", "mentee"))
    for person in people_in(place, partnership):
        sign(place, partnership, person)
    with place.tenant():
        person = join(place, partnership, "mentee", f"{unique}.late")
    return Signer(place, partnership, person)


def kill_round(signer: Signer, when: str, step: int, outcome: Outcome, wanted: Rows) -> None:
    """Kill at one statement after another; a killed signature that is not there can be given again, and is."""
    place, before = signer.place, count(signer.place)
    telling = {table: before[table] for table in TELLING}
    for at in range(0, FURTHEST, step):
        survived = in_child(lambda at=at: with_killer(signer, at, when))  # type: ignore[misc]
        outcome.kills += not survived
        if not survived and count(place, TELLING) == telling:
            continue
        found = grown(place, before)
        outcome.whole += found == wanted
        outcome.halves += found != wanted
        if found != wanted:
            print(f"killed {when} statement {at}: {found}, where a signature adds {wanted}")
        outcome.statements = at
        return


def grown(place: Place, before: Rows) -> Rows:
    """The tables that have other numbers of rows than before, and by how many."""
    return {table: rows - before[table] for table, rows in count(place).items() if rows != before[table]}


def count(place: Place, tables: Iterable[str] = ()) -> Rows:
    """How many rows these tables have, or all of the organisation. No row changes without another in its history.

    The history of letters is left out: a worker may be sending them meanwhile.
    """
    from django.db import connection

    from mentoring.organisations.protection import tenant_models

    names = tables or {*(model._meta.db_table for model in tenant_models()), "documents_seal"} - {"outbox_messageevent"}
    with place.tenant(), connection.cursor() as cursor:
        cursor.execute(" union all ".join(f"select '{name}', count(*) from {name}" for name in names))
        return dict(cursor.fetchall())


def in_child(work: Callable[[], None]) -> bool:
    """Do it in a process of its own. Whether that came to an end by itself; a failure of another kind ends everything.

    The child forgets what connection it inherits: where an event loop runs, as it does around a browser, Django keeps two
    for one thread and closes the one that it sees. A child that is killed on the other leaves its transaction open.
    """
    from django.db import connection, connections

    connections.close_all()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        try:
            connection.connection = None
            work()
            os._exit(0)
        except BaseException as error:
            print(f"signing failed: {error!r}", file=sys.stderr, flush=True)
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return False
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("A signature that nobody killed failed.")
    return True


def with_killer(signer: Signer, at: int, when: str) -> None:
    """Sign; the process ends without warning before or after so many statements, if it comes so far."""
    from django.db import connection

    killer = Killer(at, when)
    committed = connection._commit  # type: ignore[attr-defined]
    connection._commit = lambda: killer.passes(committed)  # type: ignore[attr-defined]
    with connection.execute_wrapper(killer):
        sign(signer.place, signer.partnership, signer.person)


class Killer:
    """Counts statements, the commit among them."""

    def __init__(self, at: int, when: str) -> None:
        self.left, self.when = at, when

    def __call__(self, run_statement: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        return self.passes(lambda: run_statement(sql, params, many, context))

    def passes(self, act: Callable[[], Any]) -> Any:
        if self.left == 0 and self.when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = act()
        if self.left == 0 and self.when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return result
