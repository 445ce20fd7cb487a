"""The proof: forward, back and forward again on a throwaway database, with rows, before the target is touched.

Rows are made up, so that some may stand in the way of a change that the real ones allow. They are moved aside
(`on_conflict` quarantine) and have to come back with the rollback; where that cannot help (a `backfill` that
fails on an odd text), the proof is run with plain rows, and then with none. The way back may not stumble over
any row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dbgen.database.catalog import read_schema
from dbgen.database.comparison import first_difference, lost_on_the_way
from dbgen.database.connection import Connection
from dbgen.database.failures import Failure
from dbgen.database.rows import PLAIN, PLENTY, Rows, fill_columns, insert_rows, read_rows
from dbgen.database.script import joined, locate
from dbgen.errors import WorkError
from dbgen.model.requests import Decisions
from dbgen.model.schema import Schema
from dbgen.operations.base import sql_of
from dbgen.operations.keeper import everything
from dbgen.plan import make_plan
from dbgen.sql import literal

#: Classes of SQLSTATE that speak of values: data exception, integrity violation, dbgen's DATA_CONFLICT.
_OF_ROWS = ("22", "23", "DG001")
_QUARANTINED = """
SELECT table_name, sum(rows)::bigint FROM dbgen.archive
WHERE kind = 'rows' AND returned_at IS NULL GROUP BY table_name"""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven: the server's version (180004), the catalogs before and after, with how many rows."""

    version: int
    before: Schema
    after: Schema
    rows: int = 0


class Refused(Exception):
    """PostgreSQL refused a statement of the migration itself; inside this package's callers only."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


def prove(
    connection: Connection,
    before: Schema,
    after: Schema,
    migration: str,
    rollback: str,
    decisions: Decisions | None = None,
) -> Proof:
    """Runs migration, rollback and migration on a database that holds nothing but `before`, with rows, all
    of it in one transaction that is undone, and compares catalogs and rows.

    Raises `Refused` when the migration's own SQL is refused without any rows, `WorkError` PROOF_FAILED when
    the way back, or the way forward again, fails or leaves another catalog or other rows; also when the
    migration leaves another catalog than a fresh database made from `after` has, or changes rows that it has
    nothing to do with.
    """
    work = _Proof(connection, before, after, migration, rollback, decisions or Decisions())
    connection.batch(connection.begin())
    try:
        return work.run()
    finally:
        connection.roll_back()


@dataclass(frozen=True, slots=True)
class _Proof:
    connection: Connection
    before: Schema
    after: Schema
    migration: str
    rollback: str
    decisions: Decisions

    def run(self) -> Proof:
        connection = self.connection
        connection.batch(everything())
        fresh = fresh_catalog(connection, self.after)
        _succeed(self._script(joined(_script(self.before)), "stop"), joined(_script(self.before)), "the previous snapshot")
        first = read_schema(connection)
        made, rows = self._forward(first)
        there = read_schema(connection)
        _same("the migration", fresh, there)
        self._compare_kept(rows, read_rows(connection, there))
        made += self._further_rows(first, there, read_rows(connection, there))
        rows_there = read_rows(connection, there)
        _succeed(self._script(self.rollback, "stop"), self.rollback, "the rollback script")
        _same("the rollback", first, read_schema(connection))
        _same_rows("the rollback script", rows, read_rows(connection, first))
        _succeed(self._script(self.migration, "quarantine"), self.migration, "the migration after its rollback")
        _same("the migration after its rollback", there, read_schema(connection))
        _same_rows("the migration after its rollback", rows_there, read_rows(connection, there))
        return Proof(connection.version, first, there, made)

    def _script(self, text: str, on_conflict: str) -> Failure | None:
        self.connection.batch(f"SET LOCAL dbgen.on_conflict = {literal(on_conflict)}")
        return self.connection.script(text) if text else None

    def _forward(self, schema: Schema) -> tuple[int, Rows]:
        """Rows made, and the migration run over them; with fewer or none where they cannot make the way."""
        amount: int = PLENTY
        stubborn: Failure | None = None
        while True:
            self.connection.batch("SAVEPOINT dbgen_before")
            made = insert_rows(self.connection, schema, amount) if amount else 0
            rows = read_rows(self.connection, schema) if made else {}
            failure = self._script(self.migration, "quarantine")
            if failure is None and stubborn is None:
                return made, rows
            if stubborn is not None and failure is None:
                raise _failed(stubborn, self.migration, "the migration")
            if failure is not None and not made:
                raise Refused(locate(failure, self.migration))
            if failure is not None and not failure.sqlstate.startswith(_OF_ROWS):
                stubborn, amount = failure, 0
            else:
                amount = PLAIN if amount == PLENTY else 0
            self.connection.batch("ROLLBACK TO SAVEPOINT dbgen_before")
