"""What the database itself keeps apart: asked of its catalogue, and tried on every table as the application's role."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connection, models, transaction

from mentoring.organisations import tenancy
from mentoring.organisations.protection import (
    APP_ROLE,
    GLOBAL_TABLES,
    OWNER_ROLE,
    SPECIAL_TABLES,
    is_append_only,
    tenant_models,
)
from mentoring.organisations.rows import Rows

from . import cast
from .database import copy_template, owner_url
from .plugin import DATABASE
from .world import World, make_world

TABLES = {model._meta.db_table: model for model in tenant_models()}


@dataclass
class Two:
    """Two organisations, each with a row in every table, and a session of the owner's, who sees all."""

    ours: World
    theirs: World
    owner: psycopg.Connection

    def count(self, table: str, world: World) -> int:
        return self.ask(f"select count(*) from {table} where organisation_id = %s", world.organisation.pk)

    def ask(self, query: str, *values: Any) -> Any:
        return self.owner.execute(query, values).fetchone()[0]

    def leave_only_keys(self, table: str) -> None:
        """Take checks, uniqueness and triggers from a table, for the rest of the owner's transaction."""
        self.owner.execute(f"alter table {table} disable trigger user")
        rules = self.owner.execute(
            "select conname from pg_constraint where conrelid = %s::regclass and contype in ('c', 'u') "
            "and not exists (select from pg_constraint key where key.conindid = pg_constraint.conindid "
            "and key.contype = 'f')",
            [table],
        )
        for (name,) in rules.fetchall():
            self.owner.execute(f'alter table {table} drop constraint "{name}"')
        indexes = self.owner.execute(
            "select indexrelid::regclass::text from pg_index where indrelid = %s::regclass and indisunique "
            "and not exists (select from pg_constraint where conindid = indexrelid)",
            [table],
        )
        for (name,) in indexes.fetchall():
            self.owner.execute(f"drop index {name}")

    def row(self, table: str, world: World) -> dict[str, Any]:
        return self.ask(f"select to_jsonb(t) from {table} t where organisation_id = %s limit 1", world.organisation.pk)


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker: Any) -> Iterator[Two]:
    with django_db_blocker.unblock():
        copy_template()
        worlds = [make_world(cast.make_organisation(word), word) for word in ("bilby", "quokka")]
        with psycopg.connect(owner_url(DATABASE), autocommit=True, options="-c app.maintenance=on") as owner:
            yield Two(*worlds, owner)
        copy_template()


@pytest.fixture(autouse=True)
def rolled_back(two: Two) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def refused(statement: str, *values: Any) -> str | None:
    """The error's SQLSTATE, where the database refuses; None where it does what it is asked."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            connection.check_constraints()
    except Exception as error:
        return getattr(error.__cause__, "sqlstate", "") or str(error)
    return None


def touched(statement: str, *values: Any) -> int | str:
    """How many rows the statement found, or the error's SQLSTATE."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount
    except Exception as error:
        return error.__cause__.sqlstate


PRIVILEGE = "42501"  # a policy or a missing grant
BROKEN = "23514"  # a rule of the table's own that is asked before the policy: nobody signs for another
NEVER = "P0001"  # a trigger of a table whose rows nobody changes


# --- The catalogue -------------------------------------------------------------------------------------------------


def catalogue(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def test_every_table_is_a_tenants_or_listed_with_a_reason():
    found = {name for (name,) in catalogue("select tablename from pg_tables where schemaname = 'public'")}

    assert found - set(TABLES) - set(SPECIAL_TABLES) - set(GLOBAL_TABLES) == set()
    assert all(reason for reason in GLOBAL_TABLES.values())


def test_no_table_is_listed_that_is_not_there():
    found = {name for (name,) in catalogue("select tablename from pg_tables where schemaname = 'public'")}

    assert (set(SPECIAL_TABLES) | set(GLOBAL_TABLES)) - found == set()


def test_there_are_no_views_that_would_look_past_the_policies():
    assert (
        catalogue(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')"
        )
        == []
    )


@pytest.mark.parametrize("table", [*TABLES, *SPECIAL_TABLES])
def test_table_is_protected_for_every_command(table):
    [(enabled, forced)] = catalogue(
        "select relrowsecurity, relforcerowsecurity from pg_class where oid = %s::regclass", table
    )
    policies = catalogue(
        "select cmd, roles::text[], permissive from pg_policies where schemaname = 'public' and tablename = %s", table
    )

    assert (enabled, forced) == (True, True)
    assert sorted(policies) == [
        ("ALL", [OWNER_ROLE], "PERMISSIVE"),
        *((command, [APP_ROLE], "PERMISSIVE") for command in ("DELETE", "INSERT", "SELECT", "UPDATE")),
    ]


def test_the_application_is_nobody_special():
    [role] = catalogue(
        "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication from pg_roles where rolname = current_user"
    )
    owned = catalogue("select relname from pg_class where pg_get_userbyid(relowner) = current_user")
    [(is_owner,)] = catalogue("select pg_has_role(current_user, %s, 'member')", OWNER_ROLE)

    assert catalogue("select current_user") == [(APP_ROLE,)]
    assert role == (False,) * 5
    assert owned == []
    assert is_owner is False


def test_the_application_cannot_change_the_schema():
    assert refused("create table public.mine (id int)") == PRIVILEGE
    assert refused("alter table programmes_programme disable row level security") == PRIVILEGE
    assert refused("drop policy tenant_select on programmes_programme") == PRIVILEGE


def test_functions_that_see_everything_are_those_we_know():
    found = catalogue("select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef")

    assert {name for (name,) in found} == {"gone_quiet", "keep_an_administrator", "platform_usage"}


def tenant_keys() -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    """Foreign keys from a tenant's table to a tenant's table, which the database checks."""
    for model in tenant_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.db_constraint and field.related_model in TABLES.values():
                yield model, field


KEYS = list(tenant_keys())


@pytest.mark.parametrize("table", TABLES)
def test_somebody_has_a_row_that_could_be_given_away(two, table):
    """Otherwise the test above would prove nothing of it."""
    for person in two.ours.people.values():
        with tenancy.tenant(two.ours.organisation, person):
            if touched(f"select * from {table}"):
                return
    pytest.fail(f"Nobody in the organisation sees a row of {table}.")


@pytest.mark.parametrize(("model", "field"), KEYS, ids=[f"{model.__name__}.{field.name}" for model, field in KEYS])
def test_foreign_key_names_the_organisation(model, field):
    keys = catalogue(
        "select array(select attname::text from unnest(conkey) with ordinality k(num, place) join pg_attribute "
        "on attrelid = conrelid and attnum = num order by place), confrelid::regclass::text, convalidated "
        "from pg_constraint where contype = 'f' and conrelid = %s::regclass",
        model._meta.db_table,
    )

    assert (["organisation_id", field.column], field.related_model._meta.db_table, True) in keys


@pytest.mark.parametrize("table", [table for table, model in TABLES.items() if not hasattr(model, "pgh_tracked_model")])
def test_what_is_unique_is_unique_within_an_organisation(table):
    unique = catalogue(
        "select array(select attname::text from unnest(indkey[0:0]) num join pg_attribute on attrelid = indrelid "
        "and attnum = num), indexrelid::regclass::text from pg_index "
        "where indrelid = %s::regclass and indisunique and not indisprimary",
        table,
    )

    assert [name for first, name in unique if first != ["organisation_id"] and not follows_a_key(table, first)] == []


def follows_a_key(table: str, columns: list[str]) -> bool:
    """A one-to-one key is unique by itself: its composite key holds the organisation."""
    fields = {field.column: field for field in TABLES[table]._meta.local_fields}
    return len(columns) == 1 and isinstance(fields.get(columns[0]), models.OneToOneField)


# --- Every table, tried --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_there_is_something_to_leak(two, table):
    assert two.count(table, two.theirs) > 0
    assert two.count(table, two.ours) > 0


@pytest.mark.parametrize("table", TABLES)
def test_without_a_context_every_command_is_refused(two, table):
    theirs, organisation = two.row(table, two.theirs), two.theirs.organisation.pk

    assert refused(f"select * from {table}") == PRIVILEGE
    assert refused(f"update {table} set organisation_id = organisation_id") == PRIVILEGE
    assert refused(f"delete from {table}") == PRIVILEGE
    assert refused(*insertion(table, theirs)) == PRIVILEGE
    assert refused(f"update {table} set organisation_id = %s", organisation) == PRIVILEGE


def insertion(table: str, row: dict[str, Any]) -> tuple[str, str]:
    """A statement that puts the row, under a new key, into its table."""
    fresh = row | ({"id": "0190ffff-0000-7000-8000-000000000000"} if "id" in row else {})
    key = TABLES[table]._meta.pk.column
    fresh |= {key: 2_000_000_000} if key != "id" else {}
    return f"insert into {table} select * from jsonb_populate_record(null::{table}, %s)", json.dumps(fresh)


@pytest.mark.parametrize("who", ["nobody", "administrator", "coordinator", "mentor", "mentee"])
@pytest.mark.parametrize("table", TABLES)
def test_in_another_organisation_no_row_is_found_and_none_gets_in(two, table, who):
    before = two.count(table, two.theirs)
    theirs, organisation = two.row(table, two.theirs), two.theirs.organisation.pk

    with tenancy.tenant(two.ours.organisation, two.ours.people.get(who)):
        found = touched(f"select * from {table} where organisation_id = %s", organisation)
        changed = touched(
            f"update {table} set organisation_id = organisation_id where organisation_id = %s", organisation
        )
        taken = touched(
            f"update {table} set organisation_id = %s where organisation_id = %s",
            two.ours.organisation.pk,
            organisation,
        )
        deleted = touched(f"delete from {table} where organisation_id = %s", organisation)
        inserted = refused(*insertion(table, theirs))
        own = touched(f"select * from {table}")
        given_away = touched(f"update {table} set organisation_id = %s", organisation)

    closed = PRIVILEGE if is_append_only(TABLES[table]) else 0
    assert (found, changed, taken, deleted) == (0, closed, closed, closed)
    assert inserted in (PRIVILEGE, BROKEN)
    # Nothing of one's own can be given away.
    assert given_away in ({PRIVILEGE, NEVER} if own else {PRIVILEGE, NEVER, 0})
    assert two.count(table, two.theirs) == before


# Tables of which not even the own organisation sees every row: who does, of the people of a world. History is seen by
# the same people as what it is the history of.
PARTNERS = {"mentor", "mentee"}
WRITER = {"mentee"}
READERS: dict[str, set[str]] = {
    "help_enquiry": WRITER | {"coordinator"},
    "help_complaint": WRITER | {"administrator"},
    "help_concern": WRITER | {"administrator"},  # who is the named lead
    "network_post": {"coordinator", "mentee", "another mentee"},
    "support_progressrecord": PARTNERS,
    "support_partnerswords": PARTNERS,
    "support_goalentry": PARTNERS,
    "support_developmententry": PARTNERS,  # the mentee shows it to the mentor
    "support_topic": PARTNERS,
    "support_topicvote": PARTNERS,
    "support_onetoonerequest": PARTNERS,
    "support_sharing": PARTNERS,
    "support_reflection": WRITER,
    "support_learningentry": WRITER,
    "support_look": WRITER,
    "support_stint": WRITER,
    "support_datednote": {"coordinator"},
    "support_ending": WRITER | {"coordinator"},
    "choosing_decline": WRITER | {"coordinator"},
}
# Kept from some people alone, and said where it is tested: from the other partners of whoever wrote it; from all but the
# partners where they signed that nobody reads when they meet, with the trail of it and the letters about it.
KEPT_FROM_SOME = {"support_nextwish", "contracts_decline"} | {
    "support_developmentplan", "support_developmentneed",  # from all but its owner and whom they chose, and the system
    "support_meeting", "support_meetinglog", "support_plannedmeeting", "support_attendance", "audit_event", "outbox_message"
}  # fmt: skip


def tracked(table: str) -> str:
    """The table that this one keeps the history of, or itself."""
    model = TABLES[table]
    return getattr(model, "pgh_tracked_model", model)._meta.db_table


NARROWED = [
    table
    for table, model in TABLES.items()
    if getattr(getattr(model, "pgh_tracked_model", model), "rows", Rows()).only != "true"
]


def test_every_table_that_is_narrowed_says_who_its_readers_are():
    assert {tracked(table) for table in NARROWED} == set(READERS) | KEPT_FROM_SOME


@pytest.mark.parametrize("table", [table for table in NARROWED if tracked(table) in READERS])
def test_a_forgotten_filter_gives_whoever_is_no_reader_no_row_and_changes_none(two, table):
    """Every row of the table is asked for, as the application's role, by everybody of the organisation and by nobody."""
    seen, changed = {}, {}
    for name in [*two.ours.people, "nobody"]:
        with tenancy.tenant(two.ours.organisation, two.ours.people.get(name)):
            seen[name] = touched(f"select * from {table}")
            changed[name] = touched(f"update {table} set organisation_id = organisation_id")

    readers = READERS[tracked(table)]
    assert {name for name, rows in seen.items() if rows} == readers
    closed = PRIVILEGE if is_append_only(TABLES[table]) else 0
    assert {changed[name] for name in seen if name not in readers} == {closed}


@pytest.mark.parametrize(("model", "field"), KEYS, ids=[f"{model.__name__}.{field.name}" for model, field in KEYS])
def test_own_row_cannot_name_a_parent_of_another_organisation(two, model, field):
    """Tried by the owner, whom no policy stops, with every other rule taken away: the key itself refuses."""
    table, parent = model._meta.db_table, field.related_model._meta.db_table
    foreign = two.ask(f"select id from {parent} where organisation_id = %s limit 1", two.theirs.organisation.pk)
    own = two.row(table, two.ours)["id"]

    with two.owner.transaction(force_rollback=True):
        two.leave_only_keys(table)
        two.owner.execute("set constraints all immediate")
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            two.owner.execute(f"update {table} set {field.column} = %s where id = %s", [foreign, own])


APPEND_ONLY = [table for table, model in TABLES.items() if is_append_only(model)]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_only_added_to_refuses_every_change(two, table):
    with tenancy.tenant(two.ours.organisation, two.ours.people["mentee"]):
        assert refused(f"update {table} set organisation_id = organisation_id") == PRIVILEGE
        assert refused(f"delete from {table}") == PRIVILEGE
        assert refused(f"truncate {table}") == PRIVILEGE


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_not_even_the_owner_changes_what_is_only_added_to(two, table):
    for statement in (f"update {table} set organisation_id = organisation_id", f"delete from {table}"):
        with pytest.raises(psycopg.Error, match="append_only"), two.owner.transaction(force_rollback=True):
            two.owner.execute(statement)
