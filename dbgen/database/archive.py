"""What lies in `dbgen_archive`: listed, brought back by hand, purged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from dbgen.database.connection import Connection
from dbgen.database.exclusive import exclusively
from dbgen.errors import InputError, WorkError
from dbgen.operations.keeper import everything
from dbgen.sql import ident, literal, qualified
from dbgen.values import dataclass, replace

_ENTRIES = """
select id, iteration, direction, kind, table_name, column_names, rows, kept_at, relation, reason,
       detail -> 'types'
  from dbgen.archive
 where kind <> 'type' and to_regclass(format('dbgen_archive.%%I', relation)) is not null
   and (%s::date is null or kept_at < %s::date)
 order by id
"""
_STAYING = """
select table_name, column_names, relation from dbgen.archive
 where kind <> 'type' and iteration = %s and direction = %s
   and to_regclass(format('dbgen_archive.%%I', relation)) is not null
 order by id
"""
#: While it comes back by hand, an entry is known by a direction of its own.
_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something kept. `kind`: table, columns, values (single originals), rows (whole ones, quarantined);
    `types` are the columns' types when it was kept.
    """

    id: int
    iteration: int
    direction: str
    kind: str
    table: str
    columns: tuple[str, ...]
    rows: int
    since: datetime
    relation: str
    reason: str | None
    types: dict[str, str]


def entries(connection: Connection, *, before: date | None = None) -> tuple[Entry, ...]:
    """What is kept, oldest first; with `before` what has been kept since an earlier day. Raises WorkError."""
    if not connection.rows("select to_regclass('dbgen.archive') is not null")[0][0]:
        return ()
    day = before.isoformat() if before else None
    found = [_entry(row) for row in connection.rows(_ENTRIES, (day, day))]
    return tuple(entry if entry.rows >= 0 else _counted(connection, entry) for entry in found)


@dataclass(frozen=True, slots=True)
class Staying:
    """Something kept that has not come back: the table or columns, and where it lies."""

    what: str
    relation: str


def staying(connection: Connection, iteration: int, direction: str) -> tuple[Staying, ...]:
    """What an iteration's step in one direction kept and is still there, oldest first. Raises WorkError."""
    if not connection.rows("select to_regclass('dbgen.archive') is not null")[0][0]:
        return ()
    found = connection.rows(_STAYING, (iteration, direction))
    return tuple(
        Staying(", ".join(f"{table}.{column}" for column in columns or ()) or table, relation)
        for table, columns, relation in found
    )


def counts(connection: Connection) -> dict[str, int]:
    """How many things are kept, and how many rows are quarantined."""
    if not connection.rows("select to_regclass('dbgen.archive') is not null")[0][0]:
        return {}
    row = connection.rows(
        "select count(*), coalesce(sum(rows) filter (where kind = 'rows'), 0)::bigint from dbgen.archive"
        " where kind <> 'type' and to_regclass(format('dbgen_archive.%%I', relation)) is not null",
        (),
    )[0]
    return {"entries": int(row[0]), "quarantined": int(row[1])}


def restore(connection: Connection, entry: Entry, *, tries: int = 3) -> int:
    """Brings an entry back in one transaction, as far as it fits; gives the number of rows that came back.

    A table or column that is not there is made, and is nobody's that dbgen answers for. Raises `WorkError`
    DATA_CONFLICT when nothing fits, and as any change does.
    """

    def work() -> int:
        connection.batch(everything())
        if entry.kind in ("table", "rows"):
            _make_table(connection, entry)
            _copy_back(connection, entry)
        else:
            _make_columns(connection, entry)
            _values_back(connection, entry)
        returned = connection.rows("select returned_rows from dbgen.archive where id = %s", (entry.id,))[0][0]
        connection.rows("NOTIFY pgrst, 'reload schema'")
        if returned is None:
            raise WorkError(
                "DATA_CONFLICT",
                f"dbgen_archive.{entry.relation} does not fit {entry.table} any more: key or type is another",
                hint="It is a table that plain SQL can read.",
            )
        return int(returned)

    def happened(other: Connection) -> bool:
        rows = other.rows("select returned_at from dbgen.archive where id = %s", (entry.id,))
        return bool(rows and rows[0][0] is not None)

    return exclusively(connection, work, happened, tries=tries)


def purge(connection: Connection, doomed: Sequence[Entry], *, tries: int = 3) -> None:
    """Drops what is kept, for good, in one transaction. Raises WorkError."""

    def work() -> None:
        connection.batch(everything())
        for entry in doomed:
            connection.batch(
                f"DROP TABLE {qualified(entry.relation, 'dbgen_archive')};\n"
                f"DELETE FROM dbgen.archive WHERE id = {entry.id}"
            )
        connection.rows("select dbgen.tidy_types()")

    def happened(other: Connection) -> bool:
        gone = {entry.id for entry in doomed}
        return not gone & {entry.id for entry in entries(other)}

    exclusively(connection, work, happened, tries=tries)


def _entry(row: tuple[object, ...]) -> Entry:
    number, iteration, direction, kind, table, columns, rows, since, relation, reason, kinds = row
    when = datetime.fromisoformat(since) if isinstance(since, str) else since
    assert isinstance(when, datetime)
    return Entry(
        int(str(number)),
        int(str(iteration)),
        str(direction),
        str(kind),
        str(table),
        tuple(columns) if isinstance(columns, (list, tuple)) else (),
        -1 if rows is None else int(str(rows)),
        when,
        str(relation),
        None if reason is None else str(reason),
        dict(kinds) if isinstance(kinds, dict) else {},
    )


def _counted(connection: Connection, entry: Entry) -> Entry:
    """A table that went whole was not counted then."""
    rows = connection.rows(f"select count(*) from {qualified(entry.relation, 'dbgen_archive')}")[0][0]
    return replace(entry, rows=int(rows))


def _make_table(connection: Connection, entry: Entry) -> None:
    there = connection.rows("select to_regclass(%s) is not null", (qualified(entry.table),))[0][0]
    if there:
        return
    if entry.kind == "rows":
        raise InputError("INPUT_INVALID", f"There is no table {entry.table} that the rows could go back to")
    kept = qualified(entry.relation, "dbgen_archive")
    connection.batch(
        f"CREATE TABLE {qualified(entry.table)} (LIKE {kept} INCLUDING ALL);\n"
        # The policies that guarded it are not made again, and default privileges may open it to visitors.
        f"SELECT dbgen.seal({literal(qualified(entry.table))}::regclass)"
    )


def _copy_back(connection: Connection, entry: Entry) -> None:
    kept = literal(qualified(entry.relation, "dbgen_archive"))
    connection.batch(
        f"UPDATE dbgen.archive SET returned_rows = NULL WHERE id = {entry.id};\n"
        f"DO $hand$ BEGIN PERFORM dbgen.copy_back(e, {literal(qualified(entry.table))}::regclass, "
        f"{kept}::regclass) FROM dbgen.archive e WHERE id = {entry.id}; END $hand$"
    )


def _make_columns(connection: Connection, entry: Entry) -> None:
    there = connection.rows("select to_regclass(%s) is not null", (qualified(entry.table),))[0][0]
    if not there:
        raise InputError("INPUT_INVALID", f"There is no table {entry.table} that the values could go back to")
    known = connection.rows(
        "select attname::text from pg_attribute where attrelid = %s::regclass and attnum > 0"
        " and not attisdropped",
        (qualified(entry.table),),
    )
    for column in entry.columns:
        if (column,) not in [tuple(row) for row in known]:
            kind = entry.types.get(column, "text")
            connection.batch(f"ALTER TABLE {qualified(entry.table)} ADD COLUMN {ident(column)} {kind}")


def _values_back(connection: Connection, entry: Entry) -> None:
    where = f"{entry.iteration}, {literal(_HAND)}, {literal(entry.table)}"
    columns = f"ARRAY[{', '.join(map(literal, entry.columns))}]::text[]"
    calls = [f"PERFORM dbgen.restore_columns({where}, {columns});"]
    if entry.kind == "values":
        one = literal(entry.columns[0])
        calls = [f"PERFORM dbgen.{name}({where}, {one});" for name in ("mark_values", "restore_values")]
    connection.batch(
        f"UPDATE dbgen.archive SET direction = {literal(_HAND)}, returned_at = NULL, returned_rows = NULL "
        f"WHERE id = {entry.id};\n"
        f"DO $hand$ BEGIN {' '.join(calls)} END $hand$;\n"
        f"UPDATE dbgen.archive SET direction = {literal(entry.direction)} WHERE id = {entry.id}"
    )
