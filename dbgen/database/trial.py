"""A migration tried on the target itself, in a transaction that is rolled back: where it needs what the
throwaway server lacks.
"""

from __future__ import annotations

from collections.abc import Sequence

from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection
from dbgen.database.failures import TRANSIENT, Failure, work_error
from dbgen.database.fresh import fresh_catalog
from dbgen.database.proof import OF_ROWS, Proof, Refused, same
from dbgen.database.recording import held
from dbgen.database.script import locate
from dbgen.errors import WorkError
from dbgen.model.schema import Schema
from dbgen.operations.keeper import everything
from dbgen.sql import literal

_ASIDE = "dbgen_aside"


def try_on_target(connection: Connection, migration: str, rollback: str, *, undo: str = "") -> Proof | None:
    """Runs migration, rollback and migration over the rows that are there, behind `undo` (the rollback of an
    iteration that is made anew), compares the catalogs, and rolls all of it back.

    Gives None when rows stand in the migration's way, which is for the migration itself to say. Raises
    `Refused` when PostgreSQL refuses the migration, `WorkError` PROOF_FAILED and LOCKED.
    """
    connection.batch(connection.begin())
    try:
        return _tried(connection, migration, rollback, undo)
    finally:
        connection.roll_back()


def _tried(connection: Connection, migration: str, rollback: str, undo: str) -> Proof | None:
    connection.batch(everything())
    if undo:
        _succeeds(connection, "the rollback script of the last iteration", undo, "quarantine")
    before = read_schema(connection)
    failure = _runs(connection, migration, "quarantine")
    if failure is not None:
        if failure.sqlstate.startswith(OF_ROWS):
            return None
        raise work_error(failure) if failure.sqlstate in TRANSIENT else Refused(failure)
    after = read_schema(connection)
    _succeeds(connection, "the rollback script", rollback, "stop")
    same("the rollback script", before, read_schema(connection), "the target")
    _succeeds(connection, "the migration after its rollback", migration, "quarantine")
    same("the migration after its rollback", after, read_schema(connection), "the target")
    return Proof(connection.version, before, after)


def catalogs_on_target(connection: Connection, schemas: Sequence[Schema]) -> tuple[Schema, ...]:
    """What the target's catalog would show for each schema: made beside what is there, which steps aside into
    a schema of its own, in a transaction that is rolled back.

    Raises `WorkError` PROOF_FAILED for a schema that the server refuses, LOCKED.
    """
    connection.batch(connection.begin())
    try:
        connection.batch(_step_aside(schemas))
        return tuple(_fresh(connection, schema) for schema in schemas)
    finally:
        connection.roll_back()


def _fresh(connection: Connection, schema: Schema) -> Schema:
    catalog = fresh_catalog(connection, schema)
    if catalog is None:
        raise WorkError("PROOF_FAILED", "The target refuses what a snapshot holds")
    return held(schema, catalog)


def _step_aside(schemas: Sequence[Schema]) -> str:
    tables = {table.name for schema in schemas for table in schema.tables}
    enums = {enum.name for schema in schemas for enum in schema.enums}
    functions = {function.name for schema in schemas for function in schema.functions}
    return f"""
CREATE SCHEMA {_ASIDE};
DO $dbgen$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT format('%s %s', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                 WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, c.oid::regclass) AS what
          FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
           AND c.relname = ANY ({_array(tables)})
        UNION ALL
        SELECT format('TYPE %s', t.oid::regtype) FROM pg_type t
         WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e'
           AND t.typname = ANY ({_array(enums)})
        UNION ALL
        SELECT format('FUNCTION %s', p.oid::regprocedure) FROM pg_proc p
         WHERE p.pronamespace = to_regnamespace('dbgen') AND p.proname = ANY ({_array(functions)})
    LOOP
        EXECUTE format('ALTER %s SET SCHEMA {_ASIDE}', one.what);
    END LOOP;
END
$dbgen$"""


def _array(names: set[str]) -> str:
    return f"ARRAY[{', '.join(map(literal, sorted(names)))}]::name[]"


def _runs(connection: Connection, script: str, on_conflict: str) -> Failure | None:
    connection.batch(f"SET LOCAL dbgen.on_conflict = {literal(on_conflict)}")
    failure = connection.script(script)
    return locate(failure, script) if failure is not None else None


def _succeeds(connection: Connection, what: str, script: str, on_conflict: str) -> None:
    failure = _runs(connection, script, on_conflict)
    if failure is None:
        return
    if failure.sqlstate in TRANSIENT:
        raise work_error(failure)
    raise WorkError(
        "PROOF_FAILED",
        f"Tried on the target, {what} fails: {failure.message}",
        hint=failure.hint or failure.detail,
        details=failure.details(),
    )
