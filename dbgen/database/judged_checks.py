"""What PostgreSQL says of a CHECK only when it meets a value: a pattern that it cannot read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.database.connection import Connection
from dbgen.database.failures import Failure
from dbgen.database.row_maker import enum_values
from dbgen.database.samples import samples
from dbgen.model.schema import Check, Schema, Table
from dbgen.sql import ident

#: An invalid regular expression; and the classes of statements that are wrong, too large or too deep.
_REFUSED = ("2201B", "42", "53", "54")


def refused_check(connection: Connection, before: Schema, after: Schema) -> tuple[str, Check, Failure] | None:
    """The first CHECK of `after` alone that PostgreSQL cannot evaluate, with its table; in the open
    transaction, on whose server the types of `after` are there.
    """
    enums = enum_values(after)
    came = [(table, check) for table in after.tables for check in _added(before, table)]
    if not came or _tried(connection, [_question(*one, enums) for one in came]) is None:
        return None
    for table, check in came:
        failure = _tried(connection, [_question(table, check, enums)])
        if failure is not None and failure.sqlstate.startswith(_REFUSED):
            return table.name, check, failure
    return None


def _added(before: Schema, table: Table) -> Iterable[Check]:
    known = {check.expression for check in before.table(table.name).checks} if before.has(table.name) else ()
    return [check for check in table.checks if check.expression not in known]


def _question(table: Table, check: Check, enums: Mapping[str, tuple[str, ...]]) -> str:
    values = (f"{_value(table, name, enums)} AS {ident(name)}" for name in check.columns)
    return f"SELECT {check.expression} FROM (SELECT {', '.join(values)}) v"


def _value(table: Table, name: str, enums: Mapping[str, tuple[str, ...]]) -> str:
    kind = table.column(name).type
    return next(iter(samples(kind, enums)), f"NULL::{kind}")


def _tried(connection: Connection, questions: Iterable[str]) -> Failure | None:
    connection.batch("SAVEPOINT dbgen_checks")
    failure = connection.script(";\n".join(questions))
    connection.batch("ROLLBACK TO SAVEPOINT dbgen_checks; RELEASE SAVEPOINT dbgen_checks")
    return failure
