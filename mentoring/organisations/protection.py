"""Row-level security and composite keys, derived from the models after every migration.

Nothing here is remembered by hand: a table is a tenant's when its model has an `organisation` foreign key. The tables
that are not (sign-in, sessions, the platform's own) are listed in `GLOBAL_TABLES` with the reason; a catalogue test
fails when a table is neither.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from .models import Organisation
from .rows import Rows

APP_ROLE = "mentoring_app"
OWNER_ROLE = "mentoring_owner"
MAINTENANCE = "current_setting('app.maintenance', true) = 'on'"

DIRECTORY = "current_setting('app.directory', true) = 'on'"
PLATFORM = "current_setting('app.platform', true) = 'on'"
IN_CONTEXT = "current_setting('app.context', true) = 'on'"
SELF = "= (select app_person())"

FUNCTIONS = """
create or replace function app_organisation() returns uuid language plpgsql stable parallel safe as $$
declare value text := current_setting('app.organisation', true);
begin
    if value is null or value = '' then
        raise exception 'no organisation in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return value::uuid;
end $$;
create or replace function app_organisation_if_any() returns uuid language plpgsql stable parallel safe as $$
begin
    if coalesce(current_setting('app.context', true), '') <> 'on' then
        raise exception 'no context in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return nullif(current_setting('app.organisation', true), '')::uuid;
end $$;
create or replace function app_person() returns uuid language plpgsql stable parallel safe as $$
begin
    -- A policy that asks for the person first must be as loud as one that asks for the organisation first.
    if coalesce(current_setting('app.context', true), '') <> 'on' then
        raise exception 'no context in this transaction' using errcode = 'insufficient_privilege';
    end if;
    return nullif(current_setting('app.person', true), '')::uuid;
end $$;
"""

# How much organisations hold, for those who run the platform: counts, by the owner, who alone may look across tenants.
USAGE = """
create or replace function platform_usage(wanted uuid[])
    returns table (organisation_id uuid, people bigint, programmes bigint, partnerships bigint)
    language plpgsql security definer set search_path = public as $$
begin
    if coalesce(current_setting('app.platform', true), '') <> 'on' then
        raise exception 'only the platform counts across organisations' using errcode = 'insufficient_privilege';
    end if;
    perform set_config('app.maintenance', 'on', true);
    return query select asked.id,
        (select count(distinct m.person_id) from organisations_membership m
            where m.organisation_id = asked.id and m.ended_at is null),
        (select count(*) from programmes_programme p where p.organisation_id = asked.id),
        (select count(*) from programmes_partnership p where p.organisation_id = asked.id)
        from unnest(wanted) as asked (id);
end $$;
"""

# Tables of people and organisations themselves: (read, insert, update, delete).
PERSON_KNOWN_HERE = "exists (select from organisations_membership m where m.person_id = accounts_person.id)"
MEMBER_OF = (
    "exists (select from organisations_membership m "
    "where m.organisation_id = organisations_organisation.id and m.person_id = (select app_person()))"
)
ADDRESS = "slug = current_setting('app.address', true)"


def _personal(column: str) -> tuple[str, str, str, str]:
    own = f"{column} {SELF} or {DIRECTORY}"
    return own, own, own, own


SPECIAL_TABLES: dict[str, tuple[str, str, str, str]] = {
    "accounts_person": (
        f"id {SELF} or {DIRECTORY} or {PERSON_KNOWN_HERE}",
        DIRECTORY,
        f"id {SELF} or {DIRECTORY}",
        DIRECTORY,
    ),
    "organisations_organisation": (
        f"id = (select app_organisation_if_any()) or {ADDRESS} or {PLATFORM} or {MEMBER_OF}",
        PLATFORM,
        f"id = (select app_organisation_if_any()) or {PLATFORM}",
        "false",
    ),
    "account_emailaddress": _personal("user_id"),
    "account_emailconfirmation": (DIRECTORY, DIRECTORY, DIRECTORY, DIRECTORY),
    "mfa_authenticator": _personal("user_id"),
    "accounts_requestkey": (IN_CONTEXT, IN_CONTEXT, IN_CONTEXT, IN_CONTEXT),
}

# Tables without a tenant's or a person's rows, each with the reason it needs none.
GLOBAL_TABLES: dict[str, str] = {
    "auth_group": "Django's own; empty, no screen reaches it",
    "auth_group_permissions": "Django's own; empty, no screen reaches it",
    "auth_permission": "names of models, made by migrations",
    "django_content_type": "names of models, made by migrations",
    "django_migrations": "which migrations ran",
    "django_session": "found only by an unguessable key; says who signed in, nothing of an organisation",
    "pghistory_context": "empty: the actor stands in each event's own row",
    "outbox_due": "which organisation has something to send next, and when; nothing else",
    "documents_seal": "verification registry: code, SHA-256, state, dates; no names, no content",
}
APPEND_ONLY = ("audit_event",)


def tenant_models() -> Iterator[type[models.Model]]:
    """Every concrete model whose rows belong to an organisation, history tables included."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and belongs_to_organisation(model):
            yield model


def belongs_to_organisation(model: type[models.Model]) -> bool:
    return any(
        isinstance(field, models.ForeignKey) and field.name == "organisation" and field.related_model is Organisation
        for field in model._meta.get_fields()
    )


def is_append_only(model: type[models.Model]) -> bool:
    """History tables of pghistory and the audit trail: the application may add to them and read them."""
    return hasattr(model, "pgh_tracked_model") or model._meta.db_table in APPEND_ONLY


def protect_tables(sender: Any = None, **kwargs: Any) -> None:
    """Install functions, grants, policies and composite keys. Runs as the owner after every migration; idempotent."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        if cursor.fetchone()[0] == APP_ROLE:
            return
        cursor.execute(FUNCTIONS)
        cursor.execute(USAGE)
        cursor.execute("revoke execute on function platform_usage from public")
        cursor.execute(f"grant execute on function platform_usage to {APP_ROLE}")
        cursor.execute(f"grant usage on schema public to {APP_ROLE}")
        cursor.execute(f"grant select, insert, update, delete on all tables in schema public to {APP_ROLE}")
        cursor.execute(f"grant usage on all sequences in schema public to {APP_ROLE}")
        cursor.execute(f"revoke insert, update, delete on django_migrations from {APP_ROLE}")
        for table, statements in protections():
            _install(cursor, table, statements)


def protections() -> Iterator[tuple[str, list[str]]]:
    """Per table, the statements that protect it. Parents' keys come before the children's that need them."""
    found = list(tenant_models())
    for model in found:
        yield model._meta.db_table, [*_policies_of(model), *_parent_key(model), *_history_grants(model)]
    for table, conditions in SPECIAL_TABLES.items():
        yield table, _policies(table, *conditions)
    for model in found:
        if keys := list(_composite_keys(model)):
            yield f"{model._meta.db_table} keys", keys


def _policies_of(model: type[models.Model]) -> list[str]:
    rows = getattr(model, "rows", None) or getattr(getattr(model, "pgh_tracked_model", None), "rows", None) or Rows()
    return _policies(model._meta.db_table, rows.read, rows.write, rows.write, rows.write)


def _policies(table: str, read: str, insert: str, update: str, delete: str) -> list[str]:
    """One policy per command: a policy FOR ALL would let a reader delete."""
    conditions = {
        "select": f"using ({read})",
        "insert": f"with check ({insert})",
        "update": f"using ({update}) with check ({update})",
        "delete": f"using ({delete})",
    }
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        *(f"drop policy if exists tenant_{command} on {table}" for command in conditions),
        *(
            f"create policy tenant_{command} on {table} for {command} to {APP_ROLE} {rule}"
            for command, rule in conditions.items()
        ),
        f"drop policy if exists maintenance on {table}",
        f"create policy maintenance on {table} to {OWNER_ROLE} using ({MAINTENANCE}) with check ({MAINTENANCE})",
    ]


def _parent_key(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    if model._meta.pk.column != "id":
        return []
    name = f"{table}_in_organisation"
    return [
        f"do $$ begin if not exists (select from pg_constraint where conname = '{name}') then "
        f"alter table {table} add constraint {name} unique (organisation_id, id); end if; end $$"
    ]


def _history_grants(model: type[models.Model]) -> list[str]:
    if not is_append_only(model):
        return []
    return [f"revoke update, delete, truncate on {model._meta.db_table} from {APP_ROLE}"]


def _composite_keys(model: type[models.Model]) -> Iterator[str]:
    """A foreign key's own check bypasses row-level security, so the organisation is part of the key."""
    table = model._meta.db_table
    for field in model._meta.local_fields:
        parent = field.related_model
        if (
            not isinstance(field, models.ForeignKey)
            or not getattr(field, "db_constraint")
            or field.name == "organisation"
        ):
            continue
        if isinstance(parent, type) and belongs_to_organisation(parent):
            name = f"{table}_{field.column}_same"[:63]
            yield f"alter table {table} drop constraint if exists {name}"
            yield (
                f"alter table {table} add constraint {name} foreign key (organisation_id, {field.column}) "
                f"references {parent._meta.db_table} (organisation_id, id) deferrable initially deferred"
            )


def _install(cursor: Any, table: str, statements: list[str]) -> None:
    """Run the statements unless the table's comment says that these very ones ran before."""
    name, _, part = table.partition(" ")
    mark = f"{part or 'rows'}:{hashlib.sha256(chr(10).join(statements).encode()).hexdigest()[:16]}"
    cursor.execute("select obj_description(%s::regclass, 'pg_class')", [name])
    marks = (cursor.fetchone()[0] or "").split()
    revoked = [statement for statement in statements if statement.startswith("revoke")]
    for statement in revoked if mark in marks else statements:
        cursor.execute(statement)
    kept = [other for other in marks if not other.startswith(f"{part or 'rows'}:")]
    cursor.execute(f"comment on table {name} is '{' '.join([*kept, mark])}'")
