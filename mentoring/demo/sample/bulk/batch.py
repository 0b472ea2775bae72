"""Rows of many tables on their way into the database by COPY, as the application's role and inside a tenant's context.

PostgreSQL refuses COPY into a table with row-level security. So rows are copied into a temporary table and inserted from
there in one statement: every policy, check, key and trigger sees every row.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

from mentoring.organisations import tenancy

INSERT_AS_AUTHORS = """
do $$
declare author record;
begin
    for author in select distinct partnership_id, {author} as person from {staged} loop
        perform set_config('app.person', author.person::text, true);
        perform set_config('pghistory.context_metadata', json_build_object('person', author.person)::text, true);
        {insert} where partnership_id = author.partnership_id and {author} = author.person;
    end loop;
end $$
"""


class Batch:
    """Rows by model. Models are written in the order in which their first row was added.

    `authors` names, for tables of a partnership that only its members may write, the column with the row's author.
    """

    def __init__(self, authors: dict[type[models.Model], str]) -> None:
        self.authors = authors
        self.columns: dict[type[models.Model], tuple[str, ...]] = {}
        self.rows: dict[type[models.Model], list[tuple[Any, ...]]] = defaultdict(list)

    def add(self, model: type[models.Model], /, **values: Any) -> None:
        """Put one row aside, by attribute names (`person_id`). Rows of one model name the same ones in the same order."""
        self.columns.setdefault(model, tuple(values))
        self.rows[model].append(tuple(values.values()))

    def write(self, *of: type[models.Model]) -> None:
        """Copy these models' rows into their tables; without any named, all that are left."""
        for model in of or tuple(self.rows):
            if rows := self.rows.pop(model, []):
                stage(model, self.columns[model], rows)
                self.insert(model)
                run(f"truncate {staged(model)}")

    def insert(self, model: type[models.Model]) -> None:
        """From the temporary table into the real one, as each row's author where that matters."""
        statement = insertion(model, self.columns[model])
        if author := self.authors.get(model):
            run(f"create index if not exists {staged(model)}_of on {staged(model)} (partnership_id)")
            with tenancy.tenant(tenancy.current_organisation_id()):
                run(INSERT_AS_AUTHORS.format(author=author, staged=staged(model), insert=statement))
        else:
            run(statement)


def staged(model: type[models.Model]) -> str:
    return f"staged_{model._meta.db_table}"


def stage(model: type[models.Model], columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Copy rows into the model's temporary table, which belongs to this connection and is empty after each commit."""
    names = listed(columns)
    run(
        f"create temporary table if not exists {staged(model)} on commit delete rows "
        f"as select {names} from {model._meta.db_table} with no data"
    )
    with connection.cursor() as cursor, cursor.copy(f"copy {staged(model)} ({names}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def insertion(model: type[models.Model], columns: tuple[str, ...]) -> str:
    """From the temporary table into the real one; what the rows do not name gets the model's plain default."""
    others = {field.attname: literal(field) for field in model._meta.local_concrete_fields if left_out(field, columns)}
    names, values = listed([*columns, *others]), ", ".join([listed(columns), *others.values()])
    return f"insert into {model._meta.db_table} ({names}) select {values} from {staged(model)}"


def listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def left_out(field: models.Field, columns: tuple[str, ...]) -> bool:
    return field.attname not in columns and not isinstance(field, models.AutoField)


def literal(field: models.Field) -> str:
    """A default as SQL. Refuses a field that has none, or one that is computed: a row must say it."""
    if field.name == "organisation":
        return "app_organisation()"
    if field.null:
        return "null"
    default = field.default
    if default is NOT_PROVIDED and field.empty_strings_allowed and field.blank:
        default = ""
    if isinstance(field, ArrayField) and default is list:
        return "'{}'"
    if default is NOT_PROVIDED or callable(default):
        raise ValueError(f"Rows of {field.model._meta.label} must say their {field.attname}.")
    return quoted(default)


def quoted(value: Any) -> str:
    if isinstance(value, bool | int):
        return json.dumps(value)
    return "'" + str(value).replace("'", "''") + "'"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
