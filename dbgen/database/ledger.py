"""dbgen's memory in the database: whose it is, and every iteration with its scripts, snapshot and types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from dbgen.database.catalog import query
from dbgen.database.connection import Connection, Row
from dbgen.values import dataclass

_CURSORS = ("workspace", "iterations", "versions", "undone")
_FETCH = ";\n".join(f"FETCH ALL FROM dbgen_{name}" for name in _CURSORS)


@dataclass(frozen=True, slots=True)
class Texts:
    """An iteration's artifacts as they were applied."""

    migration: str
    rollback: str
    snapshot: str
    types: str


@dataclass(frozen=True, slots=True)
class Digests:
    """MD5 of each artifact's UTF-8 text, in hexadecimal: enough to see whether a file is the one applied."""

    migration: str
    rollback: str
    snapshot: str
    types: str


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One iteration. `version` and `name` are the parts of its migration's file name; `texts` where read."""

    iteration: int
    version: str
    name: str
    module: str
    generator: str
    applied_by: str
    applied_at: datetime
    summary: Any
    digests: Digests
    texts: Texts | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a database knows of itself; an empty one where dbgen never was, or may not look.

    `versions` are those of the Supabase CLI's history, whoever wrote them; `undone` those of iterations that
    a rollback script took out of the ledger without dbgen.
    """

    workspace_id: str | None = None
    rows: tuple[LedgerRow, ...] = ()
    versions: tuple[str, ...] = ()
    undone: frozenset[str] = frozenset()

    @property
    def current(self) -> int:
        """The last iteration's number, 0 when there is none."""
        return self.rows[-1].iteration if self.rows else 0


def read_ledger(connection: Connection, *, texts: bool = True) -> Ledger:
    """The ledger, in one round trip; without `texts` the big columns stay where they are."""
    body = f"SET LOCAL dbgen.texts = {'on' if texts else 'off'};\n{query('read_ledger')};\n{_FETCH}"
    if connection.in_transaction:
        results = connection.batch(f"SAVEPOINT dbgen_read;\n{body};\nROLLBACK TO SAVEPOINT dbgen_read")[3:-1]
    else:
        results = connection.outside(f"BEGIN READ ONLY;\n{body};\nCOMMIT")[3:-1]
    workspace, iterations, versions, undone = results
    return Ledger(
        workspace[0][0] if workspace else None,
        tuple(_ledger_row(row) for row in iterations),
        tuple(row[0] for row in versions),
        frozenset(row[0] for row in undone),
    )


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the ledger's last iteration left: the text of its snapshot, and the Schema of its catalog, encoded
    (None where it was not recorded).
    """

    iteration: int
    snapshot: str
    catalog: Any


def read_recorded(connection: Connection) -> Recorded | None:
    """The last iteration's record; None where the ledger is empty or not there. Raises WorkError."""
    if not connection.rows("select to_regclass('dbgen.iterations') is not null")[0][0]:
        return None
    rows = connection.rows(
        "select iteration, snapshot, catalog from dbgen.iterations order by iteration desc limit 1"
    )
    return Recorded(*rows[0]) if rows else None


def forget_undone(connection: Connection, versions: Sequence[str]) -> None:
    """Takes the marks of iterations away whose files have been seen to."""
    connection.rows("delete from dbgen.undone where version = any (%s::text[])", (list(versions),))


def _ledger_row(row: Row) -> LedgerRow:
    iteration, version, name, module, generator, applied_by, applied_at, summary, *rest = row
    texts = None if rest[4] is None else Texts(*rest[4:])
    digests = Digests(*rest[:4])
    # The Management API gives a time as text.
    when = datetime.fromisoformat(applied_at) if isinstance(applied_at, str) else applied_at
    return LedgerRow(iteration, version, name, module, generator, applied_by, when, summary, digests, texts)
