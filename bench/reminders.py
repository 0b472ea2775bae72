"""What a sweep over reminders costs among 100,000, 300,000 and 1,000,000 partnerships, of which 10,000 are due each time.

Three things are timed at each size. The question, as the sweep asks it: which partnerships are to be looked at now,
taken so that no other worker takes them, in one go and in the batches of the product. The same question in bare SQL, by
the same role under the same policies, on a connection without Django. And the whole sweep: the question, all facts of
what is due, and 10,000 letters in the outbox.

Two verdicts: the question in one go against bare SQL, at the size where it is worst, and the whole sweep at the largest
size against the smallest. What a batch costs beside bare SQL is shown too: there the opening of a transaction counts most.
PARTNERSHIPS sets the largest size. The rows are made by the owner in a few statements, without history; people
are shared by many.
"""

import datetime
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from bench.report import print_table, print_verdict
from bench.scratch import address_of, scratch_database

LARGEST = int(os.environ.get("PARTNERSHIPS", "1000000"))
SIZES = [LARGEST // 10, LARGEST * 3 // 10, LARGEST]
DUE = LARGEST // 100
PEOPLE = 1000  # of each role
REPEATS = 100  # the best of so many, for this machine may have other work
AT_ONCE = 50_000  # made in one transaction

TABLES = ("programmes_partnership", "programmes_member", "support_meeting", "programmes_nextlook")

# The number of a partnership decides everything about it: those numbered `due` and above fell silent, the others met
# within the last thirteen days and have nothing due.
MAKE = """
create temporary table made on commit drop as
    select n, gen_random_uuid() as id, case when n >= %(due_from)s then 60 else 1 + n %% 13 end as met_days_ago
    from generate_series(%(first)s::int, %(last)s::int) n;
insert into programmes_partnership (id, organisation_id, programme_id, model, state, starts_on, ends_on, cadence_days,
        grace_days, reading, created_at)
    select id, %(organisation)s, %(programme)s, 'one_to_one', 'active', current_date - 80, current_date + 280, 28, 7,
        'rhythm', now()
    from made;
insert into programmes_member (id, organisation_id, partnership_id, participant_id, person_id, role, slot, live, joined_at)
    select gen_random_uuid(), %(organisation)s, made.id, p.id, p.person_id, p.role, 1, false, now()
    from made join (select *, row_number() over (partition by role order by id) - 1 as place
                    from programmes_participant where organisation_id = %(organisation)s) p
         on p.place = made.n %% %(people)s;
insert into support_meeting (id, organisation_id, partnership_id, kind, met_on, minutes, medium, logged_by_id, logged_at)
    select gen_random_uuid(), %(organisation)s, made.id, 'held', current_date - met_days_ago, 60, 'video', %(person)s, now()
    from made;
insert into programmes_nextlook (id, organisation_id, partnership_id, at)
    select gen_random_uuid(), %(organisation)s, made.id,
           case when n >= %(due_from)s then '1970-01-01'::timestamptz else current_date - met_days_ago + 14 end
    from made;
"""
ENTER = "select set_config('app.context', 'on', true), set_config('app.organisation', %s, true)"
BARE = """
select partnership_id, silent_on from programmes_nextlook where at <= %s order by at limit %s for update skip locked
"""
FOREIGN_KEYS = """
select format('%%s', conrelid::regclass), quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint
where contype = 'f' and conrelid::regclass::text = any(%s)
"""


def main() -> None:
    with scratch_database():
        from django.conf import settings

        from mentoring.outbox.sweeps import BATCH

        organisation, values = prepare("bench", PEOPLE)
        address = address_of(os.environ["OWNER_DATABASE_URL"], settings.DATABASES["default"]["NAME"])
        with (
            psycopg.connect(address, autocommit=True, options="-c app.maintenance=on") as owner,
            psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as bare,
        ):
            rows = [measure(owner, bare, organisation, values, size, BATCH) for size in SIZES]
    header = ("partnerships", "due", "question ms", "bare SQL ms", "ratio", f"{BATCH} of it ms", "bare SQL ms", "ratio")
    print_table((*header, "whole sweep s", "letters"), rows)
    print_verdict("reminders_question", max(row[4] for row in rows), 1.5)
    print_verdict("reminders_growth", rows[-1][8] / rows[0][8], 1.5)


def prepare(slug: str, count: int, time_zone: str = "UTC") -> tuple[Any, dict[str, Any]]:
    """An organisation with one programme and so many mentors and mentees, made by the application's role.

    Returns it, and what `MAKE` wants to know of it.
    """
    from django.utils import timezone

    from mentoring.accounts.models import Person
    from mentoring.organisations import tenancy
    from mentoring.organisations.models import Membership, Organisation, Role
    from programmes.models import Participant, Programme

    today = timezone.localdate()
    organisation = Organisation(slug=slug, name=slug.title())
    with tenancy.platform():
        organisation.save(force_insert=True)
    with tenancy.directory():
        people = Person.objects.bulk_create(
            Person(email=f"{number}@{slug}.example", name=f"Person {number}", time_zone=time_zone)
            for number in range(2 * count)
        )
    with tenancy.tenant(organisation):
        Membership.objects.bulk_create(Membership(person=person, role=Role.MEMBER) for person in people)
        programme = Programme.objects.create(
            slug="programme", name="Programme", state="live", created_by=people[0],
            starts_on=today - datetime.timedelta(days=80), ends_on=today + datetime.timedelta(days=280),
        )  # fmt: skip
        Participant.objects.bulk_create(
            Participant(programme=programme, person=person, role="mentor" if number < count else "mentee")
            for number, person in enumerate(people)
        )
    return organisation, {
        "organisation": organisation.pk, "programme": programme.pk, "person": people[0].pk, "people": count,
    }  # fmt: skip


def measure(
    owner: psycopg.Connection,
    bare: psycopg.Connection,
    organisation: Any,
    values: dict[str, Any],
    size: int,
    batch: int,
) -> tuple[Any, ...]:
    """One row of the table, once there are so many partnerships, the last of them due."""
    from django.utils import timezone

    from mentoring.organisations import tenancy
    from mentoring.outbox.sweeps import sweep_organisation
    from programmes.outlook import take

    fill(owner, values, size)
    now = timezone.now()

    def ask(limit: int) -> int:
        with tenancy.tenant(organisation):
            return len(take(now, limit))

    def ask_bare(limit: int) -> int:
        with bare.transaction():
            bare.execute(ENTER, [str(organisation.pk)])
            return len(bare.execute(BARE, [now, limit]).fetchall())

    assert ask(size) == ask_bare(size) == DUE
    whole, part = (
        compare(lambda: ask(size), lambda: ask_bare(size)),
        compare(lambda: ask(batch), lambda: ask_bare(batch)),
    )
    begun = time.monotonic()
    letters = sweep_organisation(organisation.pk, now)
    return size, DUE, *whole, *part, time.monotonic() - begun, letters


def compare(ask: Callable[[], int], ask_bare: Callable[[], int]) -> tuple[float, float, float]:
    """Milliseconds of both, asked in turns, the best of many times (other work only ever adds); their ratio."""
    times = [(timed(ask), timed(ask_bare)) for _ in range(REPEATS)]
    asked, bare = (min(column) * 1000 for column in zip(*times, strict=True))
    return asked, bare, asked / bare


def timed(question: Callable[[], int]) -> float:
    begun = time.monotonic()
    question()
    return time.monotonic() - begun


def fill(owner: psycopg.Connection, values: dict[str, Any], size: int) -> None:
    """Add partnerships until there are so many, the last of them due."""
    there = owner.execute("select count(*) from programmes_partnership").fetchone()
    assert there
    make(owner, values | {"first": there[0], "last": size - 1, "due_from": size - DUE})
    for table in TABLES:
        owner.execute(f"vacuum analyze {table}")


def make(owner: psycopg.Connection, values: dict[str, Any]) -> None:
    """Partnerships numbered `first` to `last`, those from `due_from` silent."""
    with bare_tables(owner):
        for first in range(values["first"], values["last"] + 1, AT_ONCE):
            with owner.transaction():
                here = {"first": first, "last": min(first + AT_ONCE - 1, values["last"])}
                psycopg.ClientCursor(owner).execute(MAKE, values | here)


@contextmanager
def bare_tables(owner: psycopg.Connection) -> Iterator[None]:
    """Without history and without foreign keys, which are checked all at once when they come back."""
    keys = owner.execute(FOREIGN_KEYS, [list(TABLES)]).fetchall()
    for table in TABLES:
        owner.execute(f"alter table {table} disable trigger user")
    for table, name, _ in keys:
        owner.execute(f"alter table {table} drop constraint {name}")
    yield
    for table, name, definition in keys:
        owner.execute(f"alter table {table} add constraint {name} {definition}")
    for table in TABLES:
        owner.execute(f"alter table {table} enable trigger user")


if __name__ == "__main__":
    main()
