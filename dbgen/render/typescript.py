"""Schema → the TypeScript types that supabase-js takes: what `supabase gen types` 3.1.0 gives for it."""

from __future__ import annotations

from dbgen.model.described import Reference
from dbgen.model.schema import Column, ForeignKey, Schema, Table
from dbgen.render.collation import sort_key
from dbgen.render.typescript_layout import Contents, Entry, document, key
from dbgen.render.typescript_types import TypeNames


def typescript(schema: Schema) -> str:
    """The text of a file with `Json`, `Database`, the helper types and `Constants`.

    The same schema gives the same text. Views, functions and composite types are not in a schema, so
    their sections are empty.
    """
    names = TypeNames(schema)
    enums = {enum.name: enum.values for enum in schema.enums if enum.values}
    return document(Contents([_entry(table, names) for table in schema.tables], enums=enums))


def _entry(table: Table, names: TypeNames) -> Entry:
    columns = [
        (column, key(column.name), names.of(column.type, column.nullable))
        for column in sorted(table.columns, key=lambda column: sort_key(column.name))
    ]
    return Entry(
        table.name,
        tuple(f"{name}: {kind}" for _, name, kind in columns),
        tuple(f"{name}{'?' * _optional(c)}: {kind}" for c, name, kind in columns),
        tuple(f"{name}?: {kind}" for _, name, kind in columns),
        tuple(
            Reference(one.name, one.columns, _is_one_to_one(table, one), one.target, one.target_columns)
            for one in table.foreign_keys
            if one.inside
        ),
    )


def _optional(column: Column) -> bool:
    """Whether an insert may leave the column out."""
    return column.nullable or column.identity or column.default is not None


def _is_one_to_one(table: Table, key: ForeignKey) -> bool:
    """Whether a row is pointed to at most once.

    As the Supabase CLI sees it: the key's columns, in the key's order, are those of the primary key or of
    a UNIQUE constraint (no unique index) in the table's order.
    """
    keys = [unique.columns for unique in table.uniques]
    if table.primary_key:
        keys.append(table.primary_key.columns)
    if not any(set(columns) == set(key.columns) for columns in keys):
        return False
    order = [column.name for column in table.in_order if column.name in key.columns]
    return order == list(key.columns)
