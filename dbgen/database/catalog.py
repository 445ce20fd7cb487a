"""The catalog of a live database as a Schema, and what of it no Schema can hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

from dbgen.database.connection import Connection, Row
from dbgen.database.defaults import normal
from dbgen.model.schema import (
    FUNCTIONS,
    Check,
    Column,
    EnumType,
    ForeignKey,
    Function,
    Grant,
    Index,
    Policy,
    PrimaryKey,
    Schema,
    Table,
    Trigger,
    Unique,
)
from dbgen.sql import literal
from dbgen.values import dataclass

T = TypeVar("T")

#: What PostgreSQL's printing of expressions and types depends on, as pg_dump pins it. The savepoint takes
#: it back.
_PINNED = """\
SAVEPOINT dbgen_read;
SET LOCAL search_path = pg_catalog;
SET LOCAL quote_all_identifiers = off;
SET LOCAL standard_conforming_strings = on;
SET LOCAL extra_float_digits = 1;
SET LOCAL "DateStyle" = 'ISO, YMD';
SET LOCAL "IntervalStyle" = postgres;
SET LOCAL "TimeZone" = 'UTC';
SET LOCAL bytea_output = hex"""
_PINS = _PINNED.count(";\n") + 1
_CONSTRAINT_KINDS = {"p": "primary key", "u": "unique", "c": "check", "f": "foreign key", "x": "exclusion"}


@dataclass(frozen=True, slots=True)
class Extra:
    """Something on or beside a table that the model cannot hold, with its definition in SQL's words."""

    table: str
    kind: str
    name: str
    definition: str


def read_schema(connection: Connection, schema: str = "public") -> Schema:
    """The ordinary tables and native enums of one schema, as far as the model can hold them; of `public` also
    dbgen's functions.

    A key, check, index, policy or trigger with more to it than the model knows is left out: `read_extras` has
    it. Works in a transaction and without one; one round trip.
    """
    names = "columns constraints indexes grants policies triggers enums functions".split()
    found = dict(zip(names, read_queries(connection, schema, names), strict=True))
    return Schema(
        tuple(_tables(found)),
        tuple(EnumType(name, tuple(values)) for name, values in found["enums"]),
        tuple(_function(row) for row in found["functions"] if row[-1]),
    )


def _tables(found: Mapping[str, list[Row]]) -> Iterator[Table]:
    """The tables with what the model can hold of them, from the rows of the queries by name."""
    columns = found["columns"]
    held = [row for row in found["constraints"] if row[-1]]
    columns_of = _grouped(_column(row) for row in columns if row[2] is not None)
    keys = _grouped((row[0], PrimaryKey(row[1], tuple(row[3]))) for row in held if row[2] == "p")
    uniques = _grouped((row[0], Unique(row[1], tuple(row[3]))) for row in held if row[2] == "u")
    checks = _grouped((row[0], Check(row[1], row[4], tuple(sorted(row[3])))) for row in held if row[2] == "c")
    foreign_keys = _grouped(_foreign_key(row) for row in held if row[2] == "f")
    indexes = _grouped(_index(row) for row in found["indexes"] if row[-1])
    grants = _grouped((row[0], Grant(row[1], tuple(row[2]))) for row in found["grants"])
    policies = _grouped(_policy(row) for row in found["policies"] if row[-1])
    triggers = _grouped(_trigger(row) for row in found["triggers"] if row[-1])
    for name, (comment, row_security) in {row[0]: (row[1], row[-1]) for row in columns}.items():
        yield Table(
            name,
            columns_of[name],
            next(iter(keys[name]), None),
            uniques[name],
            checks[name],
            foreign_keys[name],
            indexes[name],
            grants[name],
            comment,
            policies[name],
            triggers[name],
            row_security,
        )


def read_extras(connection: Connection, schema: str = "public") -> tuple[Extra, ...]:
    """What `read_schema` leaves out: odd keys, indexes, policies and triggers, forced row level security,
    views, generated columns, grants to other roles. Sorted; one round trip.
    """
    names = ("extras", "constraints", "indexes", "policies", "triggers")
    extras, constraints, indexes, policies, triggers = read_queries(connection, schema, names)
    found = [Extra(*row) for row in extras]
    found += [Extra(r[0], _CONSTRAINT_KINDS[r[2]], r[1], r[9]) for r in constraints if not r[-1]]
    found += [Extra(r[0], "index", r[1], r[7]) for r in indexes if not r[-1]]
    found += [Extra(r[0], "policy", r[1], _restriction(r)) for r in policies if not r[-1]]
    found += [Extra(r[0], "trigger", r[1], r[7]) for r in triggers if not r[-1]]
    return tuple(sorted(found, key=lambda extra: (extra.table, extra.kind, extra.name, extra.definition)))


def odd_functions(connection: Connection, names: Iterable[str]) -> tuple[Extra, ...]:
    """Functions of these names that are there, although `read_schema` leaves them out."""
    asked = (
        "SELECT proname::text FROM pg_proc WHERE pronamespace = to_regnamespace(%s) AND proname = ANY (%s)"
    )
    found = connection.rows(asked, (FUNCTIONS, list(names)))
    return tuple(Extra(FUNCTIONS, "function", name, "") for (name,) in found)


@cache
def query(name: str) -> str:
    """The text of one of the room's `queries/*.sql`, without a final semicolon."""
    text = files("dbgen.database").joinpath("queries", f"{name}.sql").read_text("utf-8")
    return text.strip().removesuffix(";")


def read_queries(
    connection: Connection, schema: str, names: Iterable[str], *, search_path: str = "pg_catalog"
) -> list[list[Row]]:
    """The rows of some of the room's queries about a schema, of one moment; one round trip."""
    chosen = (
        f"SELECT set_config('dbgen.schema', {literal(schema)}, true), "
        f"set_config('search_path', {literal(search_path)}, true)"
    )
    body = [_PINNED, chosen, *(query(name) for name in names)]
    undo = "ROLLBACK TO SAVEPOINT dbgen_read;\nRELEASE SAVEPOINT dbgen_read"
    if connection.in_transaction:
        return connection.batch(";\n".join((*body, undo)))[_PINS + 1 : -2]
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
    return connection.outside(";\n".join((begin, *body, "COMMIT")))[_PINS + 2 : -1]


def _grouped(pairs: Iterable[tuple[str, T]]) -> defaultdict[str, tuple[T, ...]]:
    lists: dict[str, list[T]] = {}
    for table, item in pairs:
        lists.setdefault(table, []).append(item)
    return defaultdict(tuple, {table: tuple(items) for table, items in lists.items()})


def _column(row: Row) -> tuple[str, Column]:
    table, _, name, full_type, plain_type, required, default, identity, comment, position, collation, _ = row
    text = normal(default, plain_type, full_type)
    return table, Column(name, full_type, not required, text, identity, comment, position, collation)


def _foreign_key(row: Row) -> tuple[str, ForeignKey]:
    table, name, _, columns, _, target_schema, target, target_columns, on_delete, *_ = row
    return table, ForeignKey(name, tuple(columns), target, tuple(target_columns), on_delete, target_schema)


def _index(row: Row) -> tuple[str, Index]:
    table, name, columns, unique, method, predicate, expression, *_ = row
    return table, Index(name, tuple(columns), unique, method, predicate, expression)


def _policy(row: Row) -> tuple[str, Policy]:
    table, name, command, roles, using, check, tables, columns, _ = row
    return table, Policy(name, command, tuple(roles), using, check, tuple(zip(tables, columns, strict=True)))


def _restriction(row: Row) -> str:
    _, _, command, roles, using, check, *_ = row
    parts = [f"RESTRICTIVE FOR {command} TO {', '.join(roles) or 'PUBLIC'}"]
    parts += [f"USING ({using})"] if using is not None else []
    parts += [f"WITH CHECK ({check})"] if check is not None else []
    return " ".join(parts)


def _trigger(row: Row) -> tuple[str, Trigger]:
    table, name, timing, events, function, arguments, when, *_ = row
    # pg_trigger keeps them as C strings, one after the other.
    texts = bytes.fromhex(arguments).split(b"\0")[:-1]
    said = tuple(text.decode("utf-8", "replace") for text in texts)
    return table, Trigger(name, timing, tuple(events), function, said, when)


def _function(row: Row) -> Function:
    name, arguments, returns, body, language, volatility, definer, execute, comment, _ = row
    return Function(
        name,
        returns,
        body,
        tuple(arguments),
        language,
        volatility,
        definer,
        tuple(execute),
        comment=comment,
    )
