"""What has to make way while something else changes, and stands again afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field

from dbgen.model.schema import Check, Column, ForeignKey, Function, Index, Policy, Schema, Table, Trigger
from dbgen.operations.columns import retyped
from dbgen.operations.constraints import Constraint
from dbgen.operations.functions import called, same_signature
from dbgen.sql import names_in
from dbgen.values import dataclass

ColumnKey = tuple[str, str]


@dataclass(slots=True)
class Disturbed:
    """What other objects must make way for: columns whose type or collation changes, keys that go, functions
    that are made anew.
    """

    columns: set[ColumnKey] = field(default_factory=set)
    keys: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.columns or self.keys or self.functions)

    def foreign_key(self, table: str, key: ForeignKey) -> bool:
        """Whether the key cannot stand while the change is made."""
        if any((table, column) in self.columns for column in key.columns):
            return True
        if not key.inside:
            return False
        if (key.target, frozenset(key.target_columns)) in self.keys:
            return True
        return any((key.target, column) in self.columns for column in key.target_columns)

    def expression(self, table: str, thing: Check | Index) -> bool:
        """Whether an expression reads a column whose type changes."""
        if isinstance(thing, Check):
            return any((table, column) in self.columns for column in thing.columns)
        reads = thing.where is not None or thing.expression is not None
        return reads and any(name == table for name, _ in self.columns)

    def policy(self, policy: Policy) -> bool:
        """Whether it reads such a column, or calls such a function."""
        return not self.columns.isdisjoint(policy.reads) or self._calls(policy.using, policy.check)

    def trigger(self, table: str, trigger: Trigger) -> bool:
        """Whether it runs or calls such a function, or its condition reads such a column."""
        read = {(table, name) for name in names_in(trigger.when)}
        return (
            trigger.function in self.functions
            or self._calls(trigger.when)
            or not self.columns.isdisjoint(read)
        )

    def _calls(self, *expressions: str | None) -> bool:
        return not self.functions.isdisjoint(called(*expressions))


def disturbed_by(
    old: Schema,
    new: Schema,
    tables: Iterable[tuple[Table, Table]],
    swapped: Mapping[ColumnKey, Column],
) -> Disturbed:
    """What changes between two schemas: of the tables (before, after), of the columns of enums that are
    rebuilt, of the functions.
    """
    result = Disturbed(columns=set(swapped), functions=set(_made_anew(old.functions, new.functions)))
    for before, after in tables:
        now = {column.name: column for column in after.columns}
        for column in before.columns:
            if retyped(column, now.get(column.name, column)):
                result.columns.add((before.name, column.name))
        kept = {(key.name, key.columns) for key in _keys(after)}
        gone = [key for key in _keys(before) if (key.name, key.columns) not in kept]
        result.keys |= {(before.name, frozenset(key.columns)) for key in gone}
    return result


def _made_anew(old: Collection[Function], new: Collection[Function]) -> Iterable[str]:
    after = {function.name: function for function in new}
    for function in old:
        if function.name in after and not same_signature(function, after[function.name]):
            yield function.name


def _keys(table: Table) -> list[Constraint]:
    return [*table.uniques, *([table.primary_key] if table.primary_key else [])]
