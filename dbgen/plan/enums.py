"""What becomes of native enums: values added in place, or the type rebuilt with all of its columns."""

from __future__ import annotations

from dbgen.model import types
from dbgen.model.requests import Decisions
from dbgen.model.schema import Column, Schema
from dbgen.operations.base import Operation
from dbgen.operations.enums import AlterEnum, CreateEnum, DropEnum, EnumUse, only_adds, type_name
from dbgen.plan.disturbed import ColumnKey, Disturbed
from dbgen.plan.keyed import keyed
from dbgen.values import replace


def enum_changes(
    old: Schema, new: Schema, decisions: Decisions
) -> tuple[list[Operation], dict[ColumnKey, Column]]:
    """The steps for enums, and what the columns of those that are rebuilt look like after the rebuild."""
    difference = keyed(old.enums, new.enums)
    steps: list[Operation] = [CreateEnum(enum) for enum in difference.added]
    steps += [DropEnum(enum) for enum in difference.removed]
    swapped: dict[ColumnKey, Column] = {}
    for was, becomes in difference.changed:
        name = type_name(was.name)
        uses = _uses(old, new, name)
        rebuild = (
            not only_adds(was, becomes)
            or _used_now(old, new, name, decisions)
            or any(_entangled(old, use) for use in uses)
        )
        if not rebuild:
            uses = tuple(EnumUse(use.table, use.old, use.old) for use in uses)
        steps.append(AlterEnum(was, becomes, uses, rebuild))
        swapped |= {(use.table, use.old.name): use.new for use in uses if rebuild}
    return steps, swapped


def _uses(old: Schema, new: Schema, type_name: str) -> tuple[EnumUse, ...]:
    after = {table.name: {c.name: c for c in table.columns} for table in new.tables}
    result = []
    for table in old.tables:
        for column in table.in_order:
            now = after.get(table.name, {}).get(column.name)
            if types.base(column.type) == type_name and now is not None and now.type == column.type:
                result.append(EnumUse(table.name, column, replace(column, default=now.default)))
    return tuple(result)


def _entangled(schema: Schema, use: EnumUse) -> bool:
    """Whether a key or an expression reads the column: the way back, a rebuild, has to move it aside."""
    changed = Disturbed(columns={(use.table, use.old.name)})
    return any(
        any(changed.foreign_key(table.name, key) for key in table.foreign_keys)
        or any(changed.expression(table.name, check) for check in table.checks)
        or any(changed.expression(table.name, index) for index in table.indexes)
        or any(changed.policy(policy) for policy in table.policies)
        or any(changed.trigger(table.name, trigger) for trigger in table.triggers)
        for table in schema.tables
    )


def _used_now(old: Schema, new: Schema, type_name: str, decisions: Decisions) -> bool:
    """Whether this iteration gives a column of the type a default or values: 55P04 would refuse."""
    before = {table.name: {c.name: c for c in table.columns} for table in old.tables}
    asked = {(c.table, c.column) for c in decisions.conversions}
    for table in new.tables:
        for column in table.columns:
            if types.base(column.type) == type_name:
                was = before.get(table.name, {}).get(column.name)
                if (table.name, column.name) in asked or (was != column and column.default is not None):
                    return True
    return False
