"""Made-up rows for every table of a schema, and the rows of a database as values that can be compared.

All of a database's rows are one statement, at whose end PostgreSQL looks at the foreign keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dbgen.database.connection import Connection
from dbgen.database.row_maker import Maker, Place, enum_values
from dbgen.database.samples import samples, small_numbers
from dbgen.model.schema import Check, Column, Schema, Table
from dbgen.sql import ident, literal, qualified

#: The rows of tables: their columns by name, and each row's values as text, sorted.
Rows = Mapping[str, tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]]]

#: How many rows a table gets: with extremes, duplicates and NULLs, or only plain values and NULLs.
PLENTY, PLAIN = 6, 2

_LITERAL = re.compile(r"'(?:[^']|'')*'|(?<![\w.'])-?\d+(?:\.\d+)?(?![\w.'])")
_HOLDS = """
CREATE OR REPLACE FUNCTION pg_temp.dbgen_holds(_query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE _held boolean;
BEGIN EXECUTE _query INTO _held; RETURN _held; EXCEPTION WHEN OTHERS THEN RETURN false; END $$"""


def read_rows(connection: Connection, schema: Schema) -> Rows:
    """All rows of the schema's tables."""
    tables = [table for table in schema.tables if table.columns]
    if not tables:
        return {}
    found = connection.batch(";\n".join(_reading(table) for table in tables))
    return {
        table.name: (
            tuple(column.name for column in table.columns),
            tuple(sorted((tuple(row) for row in values), key=_sortable)),
        )
        for table, ((values,),) in zip(tables, found, strict=True)
    }


def _reading(table: Table) -> str:
    listed = ", ".join(f"t.{ident(column.name)}::text" for column in table.columns)
    return f"SELECT coalesce(array_agg(ARRAY[{listed}]), '{{}}') FROM {qualified(table.name)} t"


def _sortable(row: tuple[str | None, ...]) -> tuple[tuple[bool, str], ...]:
    return tuple((value is not None, value or "") for value in row)


def insert_rows(
    connection: Connection, schema: Schema, amount: int, only: frozenset[str] | None = None
) -> int:
    """Puts rows into the empty tables of the schema (`only`: into those), in the open transaction.

    Says how many. A table whose required columns have a type, or a CHECK, that no value is known for stays
    empty, and all when PostgreSQL refuses one.
    """
    maker = Maker(schema, amount, _held(connection, schema))
    wanted = [table for table in schema.tables if only is None or table.name in only]
    parts = [f"w{n} AS ({text})" for n, text in enumerate(filter(None, map(maker.insert, wanted)))]
    if not parts:
        return 0
    users = f"{maker.users()};\n" if maker.outside else ""
    connection.batch("SAVEPOINT dbgen_rows")
    rows = _unwatched(wanted, f"WITH {', '.join(parts)} SELECT")
    failure = connection.script(f"{users}{rows}")
    if failure is not None:
        connection.batch("ROLLBACK TO SAVEPOINT dbgen_rows")
        return 0
    return sum(maker.count(table.name) for table in wanted)


def fill_columns(connection: Connection, schema: Schema, places: Iterable[Place]) -> None:
    """Gives columns that no key and no CHECK concerns values in all rows, in the open transaction."""
    maker, enums = Maker(schema, PLENTY), enum_values(schema)
    parts = []
    for name, column_name in places:
        table = schema.table(name)
        column, place = table.column(column_name), (name, column_name)
        values = samples(column.type, enums)
        if values and not (column.identity or _checks(table, column) or maker.concerned(place)):
            even = "(t.ctid::text::point)[1]::integer % 2 = 0"
            either = f"CASE WHEN {even} THEN {values[0]} ELSE {values[-1]} END"
            parts.append(f"UPDATE {qualified(name)} t SET {ident(column_name)} = {either}")
    if parts:
        connection.batch(_unwatched(schema.tables, ";\n".join(parts)))


def _unwatched(tables: Iterable[Table], script: str) -> str:
    """The script with the tables' triggers off, as dbgen's own data steps run: the rows are those made up."""
    watched = [qualified(table.name) for table in tables if table.triggers]
    off, on = (
        [f"ALTER TABLE {name} {word} TRIGGER USER" for name in watched] for word in ("DISABLE", "ENABLE")
    )
    return ";\n".join((*off, script, *on))


def _held(connection: Connection, schema: Schema) -> Mapping[Place, tuple[str, ...]]:
    """For each column that CHECKs read: the values that all of them take."""
    enums = enum_values(schema)
    asked = [
        ((table.name, column.name), value, _question(column, checks, value))
        for table in schema.tables
        for column in table.columns
        if (checks := _checks(table, column))
        for value in _candidates(column, checks, enums)
    ]
    if not asked:
        return {}
    query = "SELECT pg_temp.dbgen_holds(q) FROM unnest(%s::text[]) WITH ORDINALITY u(q, n) ORDER BY n"
    connection.batch(_HOLDS)
    answers = connection.rows(query, ([question for *_, question in asked],))
    result: dict[Place, tuple[str, ...]] = {place: () for place, *_ in asked}
    for (place, value, _), (holds,) in zip(asked, answers, strict=True):
        if holds:
            result[place] += (value,)
    return result


def _checks(table: Table, column: Column) -> list[Check]:
    return [check for check in table.checks if column.name in check.columns]


def _question(column: Column, checks: Iterable[Check], value: str) -> str:
    """Whether a value passes; a CHECK on several columns is an error here, and so refused."""
    passed = " AND ".join(f"({check.expression}) IS NOT FALSE" for check in checks)
    return f"SELECT {passed} FROM (SELECT {value} AS {ident(column.name)}) v"


def _candidates(
    column: Column, checks: Iterable[Check], enums: Mapping[str, tuple[str, ...]]
) -> Iterable[str]:
    """What may satisfy CHECKs: the constants that they name, and the type's own values."""
    found = [word for check in checks for word in _LITERAL.findall(check.expression)]
    texts = [word[1:-1].replace("''", "'") if word[0] == "'" else word for word in found]
    named = [f"{literal(text)}::{column.type}" for text in texts]
    plain = small_numbers(column.type) if column.identity else samples(column.type, enums)
    return dict.fromkeys((*named, *plain))
