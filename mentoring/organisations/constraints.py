"""A promise that one foreign key cannot keep."""

from typing import Any, cast

from django.db import models


class SameRow(models.BaseConstraint):
    """Several columns together name one row of another table, always with the organisation among them.

    SameRow(name="signed_text", fields=["organisation", "version", "sha256"], to="contracts.Version",
            to_fields=["organisation", "id", "sha256"])

    The other table needs a unique constraint over `to_fields`.
    """

    def __init__(self, *, name: str, fields: list[str], to: str, to_fields: list[str]) -> None:
        super().__init__(name=name)
        self.fields, self.to, self.to_fields = list(fields), to, list(to_fields)

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: Any) -> str:
        quote, child = schema_editor.quote_name, cast(type[models.Model], model)
        parent = child._meta.apps.get_model(self.to)
        here, there = (
            ", ".join(quote(cast(models.Field, of._meta.get_field(name)).column) for name in names)
            for of, names in ((child, self.fields), (parent, self.to_fields))
        )
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({here}) REFERENCES {quote(parent._meta.db_table)} ({there}) "
            "DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model: type[models.Model] | None, schema_editor: Any) -> str:
        table = schema_editor.quote_name(cast(type[models.Model], model)._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: type[models.Model] | None, schema_editor: Any) -> str:
        table, name = (
            schema_editor.quote_name(word) for word in (cast(type[models.Model], model)._meta.db_table, self.name)
        )
        return f"ALTER TABLE {table} DROP CONSTRAINT {name}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database checks when the transaction ends."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, _, kwargs = super().deconstruct()
        return path, (), {**kwargs, "fields": self.fields, "to": self.to, "to_fields": self.to_fields}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameRow) and self.deconstruct() == other.deconstruct()

    __hash__ = None  # type: ignore[assignment]
