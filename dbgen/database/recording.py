"""Iterations that another tool applied, entered in the ledger; nothing of the schema is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dbgen.database.apply import Step, insert_iteration, prepare
from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection
from dbgen.database.exclusive import exclusively
from dbgen.database.fresh import fresh_catalog
from dbgen.database.ledger import read_ledger
from dbgen.database.script import split
from dbgen.errors import WorkError
from dbgen.model.schema import Function, Grant, Schema, Table
from dbgen.values import replace

_WAY_BACK = """
update supabase_migrations.schema_migrations set rollback = %s::text[]
 where version = %s and rollback is null
"""


def record_pushed(
    connection: Connection,
    steps: Sequence[tuple[Step, Schema]],
    check: Callable[[Schema], None],
    *,
    workspace_id: str,
    applied_by: str,
    tries: int = 3,
) -> None:
    """Enter iterations that the Supabase CLI's history has, each with the catalog that it left, in one
    transaction; of the last one what the database holds is entered, once `check` has let it pass.

    Raises what `check` raises, STATE_MISMATCH, INVALID_ITERATION, LOCKED, CONNECTION_ERROR.
    """
    goal = steps[-1][0].iteration

    def work() -> None:
        has_rollback = prepare(connection, steps[0][0].iteration, workspace_id)
        found = read_schema(connection)
        check(found)
        for step, catalog in steps:
            insert_iteration(connection, step, applied_by, found if step.iteration == goal else catalog)
            if has_rollback:
                connection.rows(_WAY_BACK, (list(split(step.rollback)), step.version))

    def happened(other: Connection) -> bool:
        return read_ledger(other, texts=False).current >= goal

    exclusively(connection, work, happened, tries=tries)


def catalogs(connection: Connection, schemas: Sequence[Schema]) -> tuple[Schema, ...]:
    """What PostgreSQL's catalog shows for each schema, made on an empty database and undone again.

    Raises `WorkError` PROOF_FAILED for a schema that the server refuses.
    """
    connection.batch(connection.begin())
    try:
        return tuple(_whole(fresh_catalog(connection, schema)) for schema in schemas)
    finally:
        connection.roll_back()


def held(expected: Schema, found: Schema) -> Schema:
    """Of what was found, the part that is expected by name: what others added is left out."""
    tables = {table.name: table for table in found.tables}
    enums = {enum.name for enum in expected.enums}
    functions = {function.name: function for function in expected.functions}
    kept = [_held(table, tables[table.name]) for table in expected.tables if table.name in tables]
    return Schema(
        tuple(kept),
        tuple(enum for enum in found.enums if enum.name in enums),
        tuple(_callable(functions[f.name], f) for f in found.functions if f.name in functions),
    )


def _callable(expected: Function, found: Function) -> Function:
    return replace(found, execute=tuple({*expected.execute} & {*found.execute}))


def _held(expected: Table, found: Table) -> Table:
    def named(kind: str) -> tuple[Any, ...]:
        names = {one.name for one in getattr(expected, kind)}
        return tuple(one for one in getattr(found, kind) if one.name in names)

    asked = {grant.role: set(grant.privileges) for grant in expected.grants}
    theirs = [grant for grant in found.grants if grant.role in asked]
    return replace(
        found,
        columns=named("columns"),
        primary_key=found.primary_key if expected.primary_key else None,
        uniques=named("uniques"),
        checks=named("checks"),
        foreign_keys=named("foreign_keys"),
        indexes=named("indexes"),
        policies=named("policies"),
        triggers=named("triggers"),
        row_security=expected.row_security and found.row_security,
        grants=tuple(Grant(g.role, tuple(asked[g.role] & set(g.privileges))) for g in theirs),
    )


def _whole(catalog: Schema | None) -> Schema:
    if catalog is None:
        raise WorkError("PROOF_FAILED", "The throwaway database refuses to make the snapshot's tables")
    return catalog
