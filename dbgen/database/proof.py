"""The proof: forward, back and forward again on a throwaway database, before the target is touched."""

from __future__ import annotations

from dataclasses import dataclass

from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection
from dbgen.database.failures import Failure
from dbgen.database.script import joined, locate
from dbgen.errors import WorkError
from dbgen.model.schema import Schema
from dbgen.operations.base import sql_of
from dbgen.operations.keeper import everything
from dbgen.plan import make_plan


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven: the server's version (180004), and the catalogs before and after."""

    version: int
    before: Schema
    after: Schema


class Refused(Exception):
    """PostgreSQL refused a statement of the migration itself; inside this package's callers only."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


def prove(connection: Connection, before: Schema, after: Schema, migration: str, rollback: str) -> Proof:
    """Runs migration, rollback and migration on a database that holds nothing but `before`, all of it in
    one transaction that is undone, and compares the catalogs.

    Raises `Refused` when the migration's own SQL is refused at the first run, `WorkError` PROOF_FAILED when
    the way back, or the way forward again, fails or leaves another catalog; also when the migration leaves
    another catalog than a fresh database made from `after` has.
    """
    connection.batch(connection.begin())
    try:
        connection.batch(everything())
        fresh = fresh_catalog(connection, after)
        _run(connection, joined(_script(before)), "the previous snapshot")
        first = read_schema(connection)
        failure = connection.script(migration)
        if failure is not None:
            raise Refused(locate(failure, migration))
        there = read_schema(connection)
        _same("the migration", fresh, there)
        _run(connection, rollback, "the rollback script")
        _same("the rollback", first, read_schema(connection))
        _run(connection, migration, "the migration after its rollback")
        _same("the migration after its rollback", there, read_schema(connection))
    finally:
        connection.roll_back()
    return Proof(connection.version, first, there)


def _script(schema: Schema) -> list[str]:
    return [statement.sql for statement in sql_of(make_plan(Schema(), schema).operations)]


def fresh_catalog(connection: Connection, schema: Schema) -> Schema | None:
    """The catalog of a database made from the schema; None where PostgreSQL refuses to make it."""
    connection.batch("SAVEPOINT dbgen_fresh")
    failure = connection.script(joined(_script(schema)))
    catalog = None if failure is not None else read_schema(connection)
    connection.batch("ROLLBACK TO SAVEPOINT dbgen_fresh; RELEASE SAVEPOINT dbgen_fresh")
    return catalog


def _run(connection: Connection, script: str, what: str) -> None:
    failure = connection.script(script) if script else None
    if failure is not None:
        located = locate(failure, script)
        raise WorkError(
            "PROOF_FAILED",
            f"On the throwaway database {what} fails: {located.message}",
            hint=located.hint or located.detail,
            details=located.details(),
        )


def _same(what: str, expected: Schema | None, found: Schema) -> None:
    if expected is None or expected == found:
        return
    differences = [step.describe() for step in make_plan(found, expected).operations]
    raise WorkError(
        "PROOF_FAILED",
        f"On the throwaway database {what} leaves another schema than it should: "
        f"{'; '.join(differences[:5]) or 'columns differ'}",
        details={"differences": differences},
    )
