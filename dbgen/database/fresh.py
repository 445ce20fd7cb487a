"""Catalogs of databases made from a schema and nothing else: what a migration has to arrive at."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection
from dbgen.database.script import joined
from dbgen.model.schema import Schema, Table
from dbgen.operations.base import sql_of
from dbgen.plan import make_plan
from dbgen.values import replace


def script_of(schema: Schema) -> str:
    """The SQL that makes the schema in an empty database."""
    return joined(statement.sql for statement in sql_of(make_plan(Schema(), schema).operations))


def fresh_catalog(connection: Connection, schema: Schema) -> Schema | None:
    """The catalog of a database made from the schema, which is undone; None where PostgreSQL refuses."""
    connection.batch("SAVEPOINT dbgen_fresh")
    failure = connection.script(script_of(schema))
    catalog = None if failure is not None else read_schema(connection)
    connection.batch("ROLLBACK TO SAVEPOINT dbgen_fresh; RELEASE SAVEPOINT dbgen_fresh")
    return catalog


def fresh_part(connection: Connection, before: Schema, after: Schema) -> Schema | None:
    """`fresh_catalog` of the tables of `after` alone that `before` has not, or has otherwise; with all enums
    and functions. The tables that those point to or read are made beside them, and left out of the result.
    """
    own = _differing(before, after)
    needed = _needed(own, after) - own
    beside = [_bare(table) for table in after.tables if table.name in needed]
    wanted = [table for table in after.tables if table.name in own]
    made = fresh_catalog(connection, replace(after, tables=(*wanted, *beside)))
    return made and replace(made, tables=tuple(table for table in made.tables if table.name in own))


def completed(part: Schema, before: Schema, catalog: Schema, after: Schema) -> Schema:
    """A fresh part of `after` with the tables that are as `before` has them, taken from its `catalog`."""
    own = _differing(before, after)
    names = {table.name for table in after.tables} - own
    return replace(part, tables=(*part.tables, *(one for one in catalog.tables if one.name in names)))


def _differing(before: Schema, after: Schema) -> set[str]:
    """The tables that differ, and those whose printed expressions may, because of what they read."""
    if before.functions != after.functions:
        return {table.name for table in after.tables}
    known = {table.name: table for table in before.tables}
    own = {table.name for table in after.tables if known.get(table.name) != table}
    return own | {table.name for table in after.tables if not own.isdisjoint(_read_by(table))}


def _needed(own: Iterable[str], after: Schema) -> set[str]:
    """What must be there for these tables and for the functions to be made."""
    wanted = set(own)
    found = {name for function in after.functions for name in function.tables}
    for table in after.tables:
        if table.name in wanted:
            found |= _read_by(table) | {key.target for key in table.foreign_keys if key.inside}
    return found


def _read_by(table: Table) -> set[str]:
    return {name for policy in table.policies for name, _ in policy.reads}


def _bare(table: Table) -> Table:
    """The columns with the keys that others may point to."""
    return Table(table.name, table.columns, table.primary_key, table.uniques)
