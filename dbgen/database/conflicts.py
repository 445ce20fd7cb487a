"""Rows that stand in a plan's way, found before its first statement: every check is tried and undone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dbgen.database.catalog import query
from dbgen.database.connection import Connection
from dbgen.database.failures import keys_in_words, keys_of, work_error
from dbgen.errors import Problem, WorkError
from dbgen.operations.keeper import everything
from dbgen.sql import literal
from dbgen.values import dataclass

#: Calls of dbgen's functions that belong together.
Check = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rows of one table that one constraint, or one new type, refuses. `keys` are up to five; `left`: they
    stay in the way whatever the mode does; `moved` counts the rows that quarantine takes, by table.
    """

    table: str
    columns: tuple[str, ...]
    constraint: str
    count: int
    keys: tuple[dict[str, Any], ...]
    reason: str
    remedy: str
    left: bool = True
    moved: tuple[tuple[str, int], ...] = ()

    @property
    def message(self) -> str:
        """The conflict in a sentence without its end."""
        return f"{self.count:,} row(s) of {self.table}: {self.reason}{keys_in_words(self.keys)}"

    def details(self) -> dict[str, Any]:
        """As JSON shows it."""
        return {
            "table": self.table,
            "columns": list(self.columns),
            "constraint": self.constraint,
            "count": self.count,
            "keys": [dict(key) for key in self.keys],
            "reason": self.reason,
            "remedy": self.remedy,
            "moved": [{"table": table, "rows": rows} for table, rows in self.moved],
        }


def find_conflicts(
    connection: Connection, checks: Sequence[Check], *, prelude: str = "", on_conflict: str = "stop"
) -> tuple[Conflict, ...]:
    """What the rows that are there show; everything is undone again.

    `prelude` are statements that come first (renames). Raises DATA_CONFLICT when they themselves meet rows
    that stand in the way, CONNECTION_ERROR.
    """
    if not checks and not prelude:
        return ()
    connection.batch(connection.begin())
    try:
        connection.batch(f"{everything()}\nSET LOCAL dbgen.on_conflict = {literal(on_conflict)}")
        failure = connection.script(prelude) if prelude else None
        if failure is not None:
            error = work_error(failure)
            if error.code == "DATA_CONFLICT":
                raise error
            return ()
        text = literal(json.dumps([list(check) for check in checks]))
        connection.batch(f"SET LOCAL dbgen.checks = {text};\n{query('look')}")
        found = json.loads(connection.rows("select current_setting('dbgen.found')")[0][0])
    finally:
        connection.roll_back()
    return tuple(_conflict(one) for one in found)


def refused(conflicts: Sequence[Conflict]) -> WorkError:
    """DATA_CONFLICT for all of them: a problem each, and `details.conflicts`."""
    details = {"conflicts": [conflict.details() for conflict in conflicts]}
    if len(conflicts) == 1:
        details = {**conflicts[0].details(), **details}
    problems = [Problem(f"Rows stand in the way: {c.message}.", c.remedy) for c in conflicts]
    first = problems[0]
    return WorkError("DATA_CONFLICT", first.message, hint=first.hint, problems=problems, details=details)


def _conflict(one: dict[str, Any]) -> Conflict:
    return Conflict(
        one["table"],
        tuple(one["columns"]),
        one["constraint"],
        one["count"],
        tuple(keys_of(one)),
        one["reason"],
        one["remedy"],
        one["left"],
        tuple((moved["table"], moved["rows"]) for moved in one.get("moved") or ()),
    )
