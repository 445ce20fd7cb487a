"""Made-up rows for every table of a schema, and the rows of a database as values that can be compared.

Row n of a table that points to another points to its row n (or n // 2, so that several point to one): columns
that foreign keys join have the same list of values, so cycles need no order, and all of a database's rows are
one statement, at whose end PostgreSQL looks at the foreign keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import lcm

from dbgen.database.connection import Connection
from dbgen.database.samples import samples, small_numbers
from dbgen.model.schema import Check, Column, ForeignKey, Schema, Table
from dbgen.sql import ident, idents, literal, qualified

#: Table and column.
Place = tuple[str, str]
#: The rows of tables: their columns by name, and each row's values as text, sorted.
Rows = Mapping[str, tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]]]

#: How many rows a table gets: with extremes, duplicates and NULLs, or only plain values and NULLs.
PLENTY, PLAIN = 6, 2

_LITERAL = re.compile(r"'(?:[^']|'')*'|(?<![\w.'])-?\d+(?:\.\d+)?(?![\w.'])")
_HOLDS = """
CREATE OR REPLACE FUNCTION pg_temp.dbgen_holds(_query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE _held boolean;
BEGIN EXECUTE _query INTO _held; RETURN _held; EXCEPTION WHEN OTHERS THEN RETURN false; END $$"""
_AUTH_USERS = ("auth.users", "id")


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
    failure = connection.script(f"{users}WITH {', '.join(parts)} SELECT")
    if failure is not None:
        connection.batch("ROLLBACK TO SAVEPOINT dbgen_rows")
        return 0
    return sum(maker.count(table.name) for table in wanted)


def _held(connection: Connection, schema: Schema) -> Mapping[Place, tuple[str, ...]]:
    """For each column that CHECKs read: the values that all of them take."""
    enums = _enums(schema)
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


def _enums(schema: Schema) -> dict[str, tuple[str, ...]]:
    return {qualified(enum.name): enum.values for enum in schema.enums}


@dataclass(frozen=True)
class Maker:
    """The rows of one schema as INSERT statements. `held`: the values that columns' CHECKs take."""

    schema: Schema
    amount: int
    held: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def outside(self) -> bool:
        """Whether a foreign key points to `auth.users`."""
        return any(not key.inside for table in self.schema.tables for key in table.foreign_keys)

    def users(self) -> str:
        """The rows of `auth.users` that foreign keys point to."""
        ids = ", ".join(f"({value})" for value in samples("uuid", {})[: self.amount])
        return f"INSERT INTO auth.users (id) VALUES {ids} ON CONFLICT DO NOTHING"

    def count(self, table: str) -> int:
        """How many rows a table gets."""
        return self._counts[table]

    def insert(self, table: Table) -> str:
        """The INSERT of a table's rows; "" for none."""
        count, columns = self._counts[table.name], table.in_order
        if not count or not columns:
            return ""
        rows = (", ".join(self._value(table, column, n, count) for column in columns) for n in range(count))
        names = idents(column.name for column in columns)
        values = ", ".join(f"({row})" for row in rows)
        return f"INSERT INTO {qualified(table.name)} ({names}) OVERRIDING SYSTEM VALUE VALUES {values}"

    def _value(self, table: Table, column: Column, row: int, count: int) -> str:
        place = (table.name, column.name)
        values = self._values[self._joined[place]]
        last = row == count - 1 and column.nullable and place not in self._targets
        if last or place in self._void or not values:
            unfillable = not column.nullable and not values
            return "DEFAULT" if unfillable else "NULL"
        if place not in self._keyed and place in self._pointing:
            return values[(row // 2) % len(values)]
        again = row == self.amount - 2 and place not in self._keyed
        return values[0 if again else row % len(values)]

    @cached_property
    def _joined(self) -> Mapping[Place, Place]:
        """Each column's representative among those that foreign keys join with it."""
        above: dict[Place, Place] = {
            (t.name, c.name): (t.name, c.name) for t in self.schema.tables for c in t.columns
        }
        above[_AUTH_USERS] = _AUTH_USERS

        def top(place: Place) -> Place:
            while above[place] != place:
                place = above[place]
            return place

        for table, key in self._foreign_keys:
            for own, other in _pairs(table, key):
                above[top(own)] = top(other)
        return {place: top(place) for place in above}

    @cached_property
    def _values(self) -> Mapping[Place, tuple[str, ...]]:
        """The values of each set of joined columns, as SQL, by its representative."""
        result: dict[Place, tuple[str, ...]] = {self._joined[_AUTH_USERS]: samples("uuid", {})}
        enums = _enums(self.schema)
        counted = {self._joined[t.name, c.name] for t in self.schema.tables for c in t.columns if c.identity}
        for table in self.schema.tables:
            for column in table.columns:
                root = self._joined[table.name, column.name]
                plain = small_numbers(column.type) if root in counted else samples(column.type, enums)
                result.setdefault(root, plain)
        for root, held in self._held_together().items():
            result[root] = held
        return result

    def _held_together(self) -> dict[Place, tuple[str, ...]]:
        """What all CHECKs on joined columns take."""
        result: dict[Place, tuple[str, ...]] = {}
        for place, held in self.held.items():
            root = self._joined[place]
            result[root] = tuple(v for v in result.get(root, held) if v in held)
        return result

    @cached_property
    def _foreign_keys(self) -> tuple[tuple[Table, ForeignKey], ...]:
        return tuple((table, key) for table in self.schema.tables for key in table.foreign_keys)

    @cached_property
    def _pointing(self) -> frozenset[Place]:
        return frozenset(own for table, key in self._foreign_keys for own, _ in _pairs(table, key))

    @cached_property
    def _targets(self) -> frozenset[Place]:
        return frozenset(other for table, key in self._foreign_keys for _, other in _pairs(table, key))

    @cached_property
    def _keyed(self) -> frozenset[Place]:
        """Columns whose values must differ from row to row, and those that point to something with them."""
        found = {
            (table.name, column) for table in self.schema.tables for key in _keys(table) for column in key
        }
        while True:
            more = {
                (table.name, column)
                for table, key in self._foreign_keys
                if any((table.name, c) in found for c in key.columns)
                for column in key.columns
            } - found
            if not more:
                return frozenset(found)
            found |= more

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        counts = {table.name: self._own_count(table) for table in self.schema.tables}
        tables = {table.name: table for table in self.schema.tables}
        while True:
            before = dict(counts)
            for table, key in self._foreign_keys:
                counts[table.name] = min(counts[table.name], self._pointed(tables[table.name], key, counts))
            if counts == before:
                return counts

    def _own_count(self, table: Table) -> int:
        for column in table.columns:
            bare = not self._values[self._joined[table.name, column.name]]
            if bare and not column.nullable and column.default is None and not column.identity:
                return 0
        count = self.amount
        for key in _keys(table):
            sizes = [len(self._values[self._joined[table.name, column]]) for column in key]
            if all(sizes):
                count = min(count, lcm(*sizes))
        return count

    def _pointed(self, table: Table, key: ForeignKey, counts: Mapping[str, int]) -> int:
        """How many rows a foreign key allows."""
        if not key.inside or any((table.name, column) in self._void for column in key.columns):
            return self.amount
        there = counts[key.target]
        keyed = any((table.name, column) in self._keyed for column in key.columns)
        return there if keyed else 2 * there

    @cached_property
    def _void(self) -> frozenset[Place]:
        """Columns that stay NULL: of foreign keys to tables that no row is known for."""
        empty = {table.name for table in self.schema.tables if not self._own_count(table)}
        return frozenset(
            (table.name, column)
            for table, key in self._foreign_keys
            if key.inside and key.target in empty
            for column in key.columns
            if table.column(column).nullable
        )


def _pairs(table: Table, key: ForeignKey) -> Iterable[tuple[Place, Place]]:
    for own, other in zip(key.columns, key.target_columns, strict=True):
        yield (table.name, own), ((key.target, other) if key.inside else _AUTH_USERS)


def _keys(table: Table) -> Iterable[tuple[str, ...]]:
    yield from (unique.columns for unique in table.uniques)
    yield from (index.columns for index in table.indexes if index.unique)
    if table.primary_key is not None:
        yield table.primary_key.columns
