"""Tables as made-up rows have to be for a migration that is coming to take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from dbgen.database.row_maker import enum_values
from dbgen.model.schema import Check, Index, Schema, Table, Unique
from dbgen.sql import ident, literal
from dbgen.values import replace

T = TypeVar("T", Check, Unique, Index)


def awaiting(table: Table, after: Schema) -> Table:
    """The table as rows are made for that also pass what is to be checked, unique or required."""
    if not after.has(table.name):
        return table
    then = after.table(table.name)
    own: tuple[Check | Unique | Index, ...] = (*table.checks, *table.uniques, *table.indexes)
    known = {one.name for one in own}
    types = {column.name: column.type for column in then.columns}
    there = {column.name for column in table.columns if types.get(column.name) == column.type}

    def coming(found: Iterable[T]) -> tuple[T, ...]:
        return tuple(one for one in found if one.name not in known and there.issuperset(one.columns))

    return replace(
        table,
        columns=tuple(
            replace(column, nullable=then.column(column.name).nullable) if column.name in there else column
            for column in table.columns
        ),
        checks=(*table.checks, *coming(then.checks), *_listed(table, types, enum_values(after))),
        uniques=(*table.uniques, *coming(then.uniques)),
        indexes=(*table.indexes, *coming(index for index in then.indexes if index.unique)),
    )


def _listed(table: Table, types: Mapping[str, str], enums: Mapping[str, tuple[str, ...]]) -> Iterable[Check]:
    """The values of columns that become enums."""
    for column in table.columns:
        kind = types.get(column.name, "")
        if kind in enums and kind != column.type:
            values = ", ".join(map(literal, enums[kind]))
            yield Check(f"{column.name} of {kind}", f"{ident(column.name)} IN ({values})", (column.name,))
