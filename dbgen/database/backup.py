"""Rows as SQL text, before they go for good: INSERTs for a table, UPDATEs by key for columns."""

from __future__ import annotations

from collections.abc import Sequence

from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection
from dbgen.model.schema import Schema, Table
from dbgen.operations.base import sql_of
from dbgen.operations.keeper import everything
from dbgen.operations.tables import bare
from dbgen.plan import make_plan
from dbgen.sql import ident, idents, literal, qualified


def backup_table(connection: Connection, name: str) -> str:
    """The table as dbgen's model knows it, bare, and its rows; "" where there is none."""
    table = _table(connection, name)
    if table is None:
        return ""
    plan = make_plan(Schema(), Schema((bare(table),)))
    made = "".join(f"{statement.sql};\n" for statement in sql_of(plan.operations))
    columns = [column.name for column in table.in_order]
    values = " || ', ' || ".join(f"coalesce(quote_literal(t.{ident(c)}::text), 'NULL')" for c in columns)
    head = f"INSERT INTO {qualified(name)} ({idents(columns)}) VALUES ("
    return made + _lines(connection, f"{literal(head)} || {values} || ');'", name)


def backup_columns(connection: Connection, name: str, columns: Sequence[str]) -> str:
    """The columns and their values, by the table's primary key; "" where there is no such table."""
    table = _table(connection, name)
    if table is None or table.primary_key is None:
        return ""
    kept = [table.column(column) for column in columns if table.has(column)]
    made = "".join(
        f"ALTER TABLE {qualified(name)} ADD COLUMN IF NOT EXISTS {ident(column.name)} {column.type};\n"
        for column in kept
    )
    sets = " || ', ' || ".join(_assigned(column.name) for column in kept)
    keys = " || ' AND ' || ".join(_assigned(column) for column in table.primary_key.columns)
    head = literal(f"UPDATE {qualified(name)} SET ")
    return made + _lines(connection, f"{head} || {sets} || ' WHERE ' || {keys} || ';'", name)


def _assigned(column: str) -> str:
    return f"{literal(ident(column) + ' = ')} || coalesce(quote_literal(t.{ident(column)}::text), 'NULL')"


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


def _table(connection: Connection, name: str) -> Table | None:
    schema = read_schema(connection)
    return schema.table(name) if schema.has(name) else None
