"""Renamed values of enums as steps: on the type where there is one, else in the rows."""

from __future__ import annotations

from collections.abc import Sequence

from dbgen.model import types
from dbgen.model.requests import Decisions, ValueRename
from dbgen.model.schema import Schema
from dbgen.operations.base import Moment, Operation
from dbgen.operations.enums import type_name
from dbgen.operations.value_renames import RenameEnumValue, RenameValues


def renamed_in_types(decisions: Decisions, middle: Schema) -> list[Operation]:
    """The renames of native enums' values; `middle` has the names after all other renames."""
    enums = {type_name(enum.name): enum for enum in middle.enums}
    found: dict[tuple[str, str], Operation] = {}
    for rename in _known(decisions, middle):
        kind = types.base(middle.table(rename.table).column(rename.column).type)
        enum = enums.get(kind)
        if enum is not None and rename.old in enum.values and rename.new not in enum.values:
            found.setdefault((enum.name, rename.old), RenameEnumValue(enum.name, rename.old, rename.new))
    return list(found.values())


def renamed_in_rows(decisions: Decisions, middle: Schema, moment: Moment) -> list[Operation]:
    """The renames of values of columns that have no type of their own."""
    enums = {type_name(enum.name) for enum in middle.enums}
    by_column: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for rename in _known(decisions, middle):
        if types.base(middle.table(rename.table).column(rename.column).type) not in enums:
            by_column.setdefault((rename.table, rename.column), []).append((rename.old, rename.new))
    return [
        RenameValues(moment, table, column, tuple(pairs), _checks(middle, table, column))
        for (table, column), pairs in by_column.items()
    ]


def _known(decisions: Decisions, middle: Schema) -> Sequence[ValueRename]:
    there = [rename for rename in decisions.values if middle.has(rename.table)]
    return [rename for rename in there if middle.table(rename.table).has(rename.column)]


def _checks(middle: Schema, table: str, column: str) -> tuple[str, ...]:
    return tuple(check.name for check in middle.table(table).checks if column in check.columns)
