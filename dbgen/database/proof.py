"""The proof: forward, back and forward again with rows on a throwaway database, before the target is touched.

Rows are made up, so that some may stand in the way of a change that the real ones allow. They are moved aside
(`on_conflict` quarantine) and have to come back with the rollback; where that cannot help (a `backfill` that
fails on an odd text), the proof is run with rows that pass what is coming, with plain rows, and then with
none. The way back may not stumble over any row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from dbgen.database.awaiting import awaiting
from dbgen.database.catalog import query, read_schema
from dbgen.database.comparison import arrivals, first_difference, lost_on_the_way
from dbgen.database.connection import Connection
from dbgen.database.failures import Failure
from dbgen.database.fresh import completed, fresh_part, script_of
from dbgen.database.judged_checks import refused_check
from dbgen.database.rows import PLAIN, PLENTY, Rows, fill_columns, insert_rows, read_rows
from dbgen.database.script import locate
from dbgen.errors import WorkError
from dbgen.model.requests import Decisions
from dbgen.model.schema import EnumType, Schema
from dbgen.operations.keeper import everything
from dbgen.plan import make_plan
from dbgen.sql import literal
from dbgen.values import dataclass, replace

#: Classes of SQLSTATE that speak of values: data exception, integrity violation, dbgen's DATA_CONFLICT.
OF_ROWS = ("22", "23", "DG001")
#: SQLSTATEs of a type, extension, function, schema or table that is not there.
_UNKNOWN = frozenset({"42704", "42883", "3F000", "42P01"})
#: A session that has made or locked so many tables takes several times as long for whatever is done to one.
_MANY = 2000
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
    """PostgreSQL refused a statement of the migration itself, or a CHECK of a table that it makes; inside
    this package's callers only.
    """

    def __init__(self, failure: Failure, table: str = "", check: str = "") -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.table = table
        self.check = check


def is_lacking(failure: Failure) -> bool:
    """Whether another server may know what this one does not."""
    return failure.sqlstate in _UNKNOWN


def prove(
    connection: Connection,
    before: Schema,
    after: Schema,
    migration: str,
    rollback: str,
    decisions: Decisions | None = None,
    prepared: bool = False,
    beside: Connection | None = None,
    lasting: bool = False,
) -> Proof:
    """Runs migration, rollback and migration on a database that holds nothing but `before`, with rows, and
    compares catalogs and rows. The database is empty, or holds `before` already, `prepared`; another one,
    `beside` it, is empty. It is thrown away afterwards: a transaction is left open, because undoing the work
    on a thousand tables takes a second, and of many tables' work parts are committed; all if `lasting`.

    Raises `Refused` when the migration's own SQL is refused without any rows, or `before` holds what the
    server lacks; `WorkError` PROOF_FAILED when the way back, or the way forward again, fails or leaves
    another catalog or other rows, also when the migration leaves another catalog than a fresh database made
    from `after` has, or changes rows that it has nothing to do with.
    """
    with ExitStack() as sessions:
        texts = (migration, rollback)
        work = _Proof(sessions, connection, before, after, *texts, decisions or Decisions())
        work.begin(prepared, beside)
        proof = work.run()
        if lasting:
            work.connection.commit()
        return proof


@dataclass(slots=True)
class _Proof:
    sessions: ExitStack
    connection: Connection
    before: Schema
    after: Schema
    migration: str
    rollback: str
    decisions: Decisions
    fresh: Callable[[], Schema | None] = lambda: None

    def begin(self, prepared: bool, beside: Connection | None) -> None:
        """Has `before` there, and finds out what is different about `after` in a fresh database; meanwhile,
        where there is one beside.
        """
        self.connection.batch(f"{self.connection.begin()};\n{everything()}")
        # Where nothing was before, the migration itself makes a fresh database.
        if self.before.tables and beside is not None:
            thread = self.sessions.enter_context(ThreadPoolExecutor(1))
            self.fresh = thread.submit(self._fresh_part, beside).result
        elif self.before.tables:
            made = fresh_part(self.connection, self.before, self.after)
            self.fresh = lambda: made
        if not prepared:
            self._prepare()

    def run(self) -> Proof:
        self._by_itself()
        first = read_schema(self.connection)
        made, rows = self._forward(first)
        there = read_schema(self.connection)
        refused = refused_check(self.connection, self.before, self.after)
        if refused is not None:
            raise Refused(refused[2], refused[0], refused[1].name)
        self._policies_end()
        fresh = self.fresh()
        if fresh is not None:
            same("the migration", completed(fresh, self.before, first, self.after), there)
        found = read_rows(self.connection, there)
        moved = self._keeps(rows, found)
        more, filled = self._further_rows(there)
        rows_there = {**found, **read_rows(self.connection, filled)}
        self._by_itself()
        self._succeeds("the rollback script", self.rollback, "stop")
        same("the rollback script", first, read_schema(self.connection))
        _same_rows("the rollback script", rows, read_rows(self.connection, first))
        self._by_itself()
        self._succeeds("the migration after its rollback", self.migration, "quarantine")
        same("the migration after its rollback", there, read_schema(self.connection))
        # Rows that were moved aside may find what they point to among the rows made since.
        again = _without(read_rows(self.connection, there), moved)
        _same_rows("the migration after its rollback", _without(rows_there, moved), again)
        return Proof(self.connection.version, first, there, made + more)

    def _fresh_part(self, beside: Connection) -> Schema | None:
        beside.batch(f"{beside.begin()};\n{everything()}")
        return fresh_part(beside, self.before, self.after)

    def _by_itself(self) -> None:
        """Where there are many tables, what follows has a session of its own, as it has on the target."""
        if max(len(self.before.tables), len(self.after.tables)) >= _MANY:
            self.connection.commit()
            self.connection = self.sessions.enter_context(self.connection.again())
            self.connection.batch(self.connection.begin())

    def _prepare(self) -> None:
        failure = self._runs(script_of(self.before), "stop")
        if failure is not None:
            raise Refused(failure) if is_lacking(failure) else _failed("the previous snapshot", failure)

    def _runs(self, script: str, on_conflict: str) -> Failure | None:
        self.connection.batch(f"SET LOCAL dbgen.on_conflict = {literal(on_conflict)}")
        failure = self.connection.script(script) if script else None
        return locate(failure, script) if failure is not None else None

    def _succeeds(self, what: str, script: str, on_conflict: str) -> None:
        failure = self._runs(script, on_conflict)
        if failure is not None:
            raise _failed(what, failure)

    def _forward(self, schema: Schema) -> tuple[int, Rows]:
        """The migration run over made-up rows; over fewer, or none, where these stand in its way."""
        for wanted, amount in self._attempts(schema):
            made, rows, failure = self._attempt(wanted, amount)
            if failure is None:
                return made, rows
            self.connection.batch("ROLLBACK TO SAVEPOINT dbgen_before")
            if not made:
                raise Refused(failure)
            if not failure.sqlstate.startswith(OF_ROWS):
                refused = self._attempt(schema, 0)[2]
                raise Refused(refused) if refused is not None else _failed("the migration", failure)
        raise AssertionError("the last attempt is without rows")

    def _attempts(self, schema: Schema) -> Iterable[tuple[Schema, int]]:
        yield schema, PLENTY
        # Rows that a coming constraint refuses cannot be moved aside where they reference each other.
        strict = replace(schema, tables=tuple(awaiting(table, self.after) for table in schema.tables))
        if strict != schema:
            yield strict, PLENTY
        yield schema, PLAIN
        yield schema, 0

    def _attempt(self, schema: Schema, amount: int) -> tuple[int, Rows, Failure | None]:
        self.connection.batch("SAVEPOINT dbgen_before")
        made = insert_rows(self.connection, schema, amount) if amount else 0
        rows = read_rows(self.connection, schema)
        return made, rows, self._runs(self.migration, "quarantine")

    def _policies_end(self) -> None:
        """No policy leads back to the table that it guards."""
        if any(table.policies for table in self.after.tables):
            failure = self.connection.script(query("try_policies"))
            if failure is not None:
                raise Refused(failure)

    def _keeps(self, rows: Rows, found: Rows) -> set[str]:
        """What the migration has nothing to do with is as it was. Gives the tables with rows moved aside."""
        moved = {str(name): int(count) for name, count in self.connection.rows(_QUARANTINED)}
        lost = lost_on_the_way(self.before, self.after, self.decisions, rows, found, moved)
        if lost is not None:
            raise _differs("the migration", lost)
        return set(moved)

    def _further_rows(self, there: Schema) -> tuple[int, Schema]:
        """Rows for the tables that came, values for the columns that came: the rollback has to keep them.

        Says how many rows, and gives the schema of the tables concerned.
        """
        tables, columns = arrivals(self.before, there, self.decisions)
        usable = replace(there, enums=tuple(self._usable(enum) for enum in there.enums))
        fill_columns(self.connection, usable, columns)
        made = insert_rows(self.connection, usable, PLENTY, tables) if tables else 0
        touched = tables | {name for name, _ in columns}
        return made, replace(there, tables=tuple(one for one in there.tables if one.name in touched))

    def _usable(self, enum: EnumType) -> EnumType:
        """Without the values that it got in this transaction, which only the next one may use (55P04)."""
        known = {value for old in self.before.enums if old.name == enum.name for value in old.values}
        known |= {renamed.new for renamed in self.decisions.values}
        return replace(enum, values=tuple(v for v in enum.values if v in known) or enum.values)


def _failed(what: str, failure: Failure) -> WorkError:
    step = (failure.statement or "").lstrip().removeprefix("--").partition("\n")[0].strip()
    return WorkError(
        "PROOF_FAILED",
        f"On the throwaway database {what} fails{f' at: {step}' if step else ''}: {failure.message}",
        hint=failure.hint or failure.detail,
        details=failure.details(),
    )


def _differs(what: str, difference: str) -> WorkError:
    return WorkError(
        "PROOF_FAILED",
        f"On the throwaway database {what} leaves other rows than it should: {difference}",
        details={"differences": [difference]},
    )


def _without(rows: Rows, tables: set[str]) -> Rows:
    return {name: found for name, found in rows.items() if name not in tables}


def _same_rows(what: str, expected: Rows, found: Rows) -> None:
    difference = first_difference(expected, found)
    if difference is not None:
        raise _differs(what, difference)


def same(what: str, expected: Schema, found: Schema, where: str = "the throwaway database") -> None:
    """Raises PROOF_FAILED, saying what left another schema than it should, unless both are equal."""
    if expected == found:
        return
    differences = [step.describe() for step in make_plan(found, expected).operations]
    raise WorkError(
        "PROOF_FAILED",
        f"On {where} {what} leaves another schema than it should: "
        f"{'; '.join(differences[:5]) or 'columns differ'}",
        details={"differences": differences},
    )
