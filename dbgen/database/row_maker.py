"""Made-up rows as SQL. Row n of a table that points to another points to its row n (or n // 2, so that
several point to one): columns that foreign keys join have the same list of values, so cycles need no order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from math import lcm

from dbgen.database.samples import samples, small_numbers
from dbgen.model.schema import Column, ForeignKey, Schema, Table
from dbgen.sql import idents, qualified

#: Table and column.
Place = tuple[str, str]
_AUTH_USERS = ("auth.users", "id")


def enum_values(schema: Schema) -> dict[str, tuple[str, ...]]:
    """The values of native enums, by type."""
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

    def concerned(self, place: Place) -> bool:
        """Whether a column is part of any key."""
        return place in self._keyed or place in self._pointing or place in self._targets

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
        enums = enum_values(self.schema)
        counted = {self._joined[t.name, c.name] for t in self.schema.tables for c in t.columns if c.identity}
        plain = cache(partial(samples, enums=enums))
        for table in self.schema.tables:
            for column in table.columns:
                root = self._joined[table.name, column.name]
                if root not in result:
                    result[root] = small_numbers(column.type) if root in counted else plain(column.type)
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
