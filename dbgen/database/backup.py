"""Rows as SQL text, before they go for good: INSERTs for a table, UPDATEs by key for columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection
from dbgen.model.schema import Column, Schema, Table
from dbgen.operations.enums import CreateEnum, type_name
from dbgen.operations.keeper import everything
from dbgen.operations.tables import CreateTable, bare, creating
from dbgen.plan import make_plan
from dbgen.sql import ident, idents, literal, qualified
from dbgen.values import replace


def seen_now(connection: Connection) -> str:
    """A pg_snapshot, as text: the work that what is read next has in it at least."""
    return str(connection.rows("SELECT pg_current_snapshot()::text")[0][0])


def backup_table(connection: Connection, name: str, *, again: bool) -> str:
    """The table as dbgen's model knows it, bare, with its enums, and its rows; "" where there is none.
    `again`: the rows may also go into a table of this name that a rollback has made.
    """
    schema, table = _read(connection, name)
    if table is None:
        return ""
    # Without its policies a table that was guarded is closed, not open.
    guarded = replace(bare(table), row_security=table.row_security)
    plan = make_plan(Schema(), Schema((guarded,)))
    statements = (
        creating(step.new, if_missing=again) if isinstance(step, CreateTable) else step.statements()
        for step in plan.operations
    )
    made = "".join(f"{statement.sql};\n" for statement in chain.from_iterable(statements))
    columns = [column.name for column in table.in_order]
    values = " || ', ' || ".join(f"coalesce(quote_literal(t.{ident(c)}::text), 'NULL')" for c in columns)
    head = f"INSERT INTO {qualified(name)} ({idents(columns)}) VALUES "
    if any(key.target == name for key in table.foreign_keys if key.inside):
        # Rows that point to each other are one statement, at whose end PostgreSQL looks at the foreign keys.
        lines = _lines(connection, f"'(' || {values} || '),'", name)
        rows = lines and f"{head}\n{lines.rstrip().removesuffix(',')};\n"
    else:
        rows = _lines(connection, f"{literal(f'{head}(')} || {values} || ');'", name)
    return _enums(schema, table.columns) + made + rows + _counting(table)


def backup_columns(
    connection: Connection,
    name: str,
    read: tuple[Sequence[str], Sequence[str]],
    write: tuple[str, Sequence[str]],
) -> str:
    """The columns and their values, by a key; "" where there is no such table. `read` are columns and key as
    they are called now, `write` table and key as they will be called.
    """
    schema, table = _read(connection, name)
    if table is None or table.primary_key is None:
        return ""
    kept = [table.column(column) for column in read[0] if table.has(column)]
    keys = [*zip(read[1], write[1], strict=True)]
    if not keys or not all(table.has(now) for now, _ in keys):
        keys = [(column, column) for column in table.primary_key.columns]
        if {now for now, _ in keys} <= set(read[0]):
            return _enums(schema, kept) + _apart(connection, name, kept)
    target = qualified(write[0])
    made = "".join(
        f"ALTER TABLE {target} ADD COLUMN IF NOT EXISTS {ident(column.name)} {column.type};\n"
        for column in kept
    )
    sets = " || ', ' || ".join(_assigned(column.name, column.name) for column in kept)
    where = " || ' AND ' || ".join(_assigned(*key) for key in keys)
    head = literal(f"UPDATE {target} SET ")
    return (
        _enums(schema, kept)
        + made
        + _lines(connection, f"{head} || {sets} || ' WHERE ' || {where} || ';'", name)
    )


def _apart(connection: Connection, name: str, columns: Sequence[Column]) -> str:
    """The columns as a table of their own: the key goes too, and no row could be told by it afterwards."""
    apart = qualified(f"{name}_discarded", "dbgen_archive")
    made = ", ".join(f"{ident(column.name)} {column.type}" for column in columns)
    values = " || ', ' || ".join(f"coalesce(quote_literal(t.{ident(c.name)}::text), 'NULL')" for c in columns)
    return (
        f"-- The key of {name} went too: its values are restored beside it, into {apart}.\n"
        f"CREATE TABLE {apart} ({made});\n"
        + _lines(connection, f"{literal(f'INSERT INTO {apart} VALUES (')} || {values} || ');'", name)
    )


def _enums(schema: Schema, columns: Iterable[Column]) -> str:
    """The enums that the columns have, where they are not there any more."""
    types = {column.type.removesuffix("[]") for column in columns}
    made = (
        statement.sql
        for enum in schema.enums
        if type_name(enum.name) in types
        for statement in CreateEnum(enum).statements()
    )
    return "".join(
        f"DO $dbgen$\nBEGIN\n    {sql};\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND\n$dbgen$;\n"
        for sql in made
    )


def _counting(table: Table) -> str:
    """The sequences of identities, set past the rows; they begin at 1, and below that none is in the way."""
    where = qualified(table.name)
    made = []
    for name in (column.name for column in table.columns if column.identity):
        sequence, highest = (
            f"pg_get_serial_sequence({literal(where)}, {literal(name)})",
            f"max({ident(name)})",
        )
        made.append(f"SELECT setval({sequence}, {highest}) FROM {where} HAVING {highest} > 0;\n")
    return "".join(made)


def _assigned(column: str, later: str) -> str:
    return f"{literal(ident(later) + ' = ')} || coalesce(quote_literal(t.{ident(column)}::text), 'NULL')"


def _lines(connection: Connection, expression: str, table: str) -> str:
    """A line a row. FORCE ROW LEVEL SECURITY, which would hide rows from the owner too, is put aside."""
    connection.batch(connection.begin())
    try:
        connection.batch(f"{everything()}\nSET LOCAL row_security = off")
        connection.rows(f"SELECT dbgen.enter({literal(qualified(table))}::regclass)")
        rows = connection.rows(f"SELECT {expression} FROM {qualified(table)} t")
    finally:
        connection.roll_back()
    return "".join(f"{row[0]}\n" for row in rows)


def _read(connection: Connection, name: str) -> tuple[Schema, Table | None]:
    schema = read_schema(connection)
    return schema, schema.table(name) if schema.has(name) else None
