"""Questions to a server before anything is changed: is there room, is the name free, does the SQL run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dbgen.database.connection import Connection
from dbgen.database.failures import Failure, work_error
from dbgen.database.script import joined, locate
from dbgen.errors import WorkError
from dbgen.sql import ident, qualified

_SETTINGS = ("max_locks_per_transaction", "max_connections", "max_prepared_transactions")
_BUDGET = f"select {', '.join(f'current_setting({name!r})::bigint' for name in _SETTINGS)}"
_RELATIONS = """
select c.relname::text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname = 'public' and c.relname = any (%s::text[])
 order by c.relname
"""


def lock_budget(connection: Connection) -> int:
    """How many locks all transactions of the server may hold together
    (https://www.postgresql.org/docs/current/runtime-config-locks.html#GUC-MAX-LOCKS-PER-TRANSACTION).
    """
    per_transaction, connections, prepared = connection.rows(_BUDGET)[0]
    return int(per_transaction * (connections + prepared))


def check_size(connection: Connection, locks_needed: int) -> None:
    """Raise TOO_LARGE when a transaction with so many locks cannot have room on this server."""
    budget = lock_budget(connection)
    if locks_needed <= budget:
        return
    setting = connection.rows("select current_setting('max_locks_per_transaction')")[0][0]
    raise WorkError(
        "TOO_LARGE",
        f"One transaction would need about {locks_needed:,} locks; the server has room for {budget:,} "
        f"(max_locks_per_transaction = {setting})",
        hint="Nothing was changed. Go in steps, a module at a time: --module NAME; or raise "
        "max_locks_per_transaction on the server.",
        details={"needed": locks_needed, "budget": budget, "setting": "max_locks_per_transaction"},
    )


def existing_tables(connection: Connection, names: Iterable[str]) -> tuple[str, ...]:
    """Which of these names a relation in `public` has: table, view, index or sequence, anyone's. Sorted."""
    return tuple(row[0] for row in connection.rows(_RELATIONS, (sorted(set(names)),)))


def try_statements(connection: Connection, statements: Sequence[str]) -> Failure | None:
    """Run the statements in a transaction that is rolled back; what PostgreSQL said of the first that failed.

    Raises WorkError when the server did not judge: CONNECTION_ERROR, LOCKED, TOO_LARGE.
    """
    text = joined(statements)
    try:
        connection.batch(connection.begin())
        failure = connection.script(text)
    finally:
        connection.roll_back()
    if failure is None:
        return None
    error = work_error(failure)
    if error.code in ("CONNECTION_ERROR", "LOCKED", "TOO_LARGE"):
        raise error
    return locate(failure, text)


def count_rows(connection: Connection, table: str, column: str | None = None) -> int:
    """How many rows a table of `public` has, or how many values that are not NULL its column holds.

    0 where there is no such table or column.
    """
    known = connection.rows(
        "select count(*) from pg_attribute"
        " where attrelid = to_regclass(%s) and attname = coalesce(%s, attname)",
        (qualified(table), column),
    )
    if not known[0][0]:
        return 0
    what = "*" if column is None else ident(column)
    return int(connection.rows(f"select count({what}) from {qualified(table)}")[0][0])
