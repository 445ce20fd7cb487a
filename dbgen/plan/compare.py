"""What changed, as steps: one small function for each kind of object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from dbgen.model import types
from dbgen.model.requests import Decisions
from dbgen.model.schema import Check, Column, ForeignKey, Index, Schema, Table
from dbgen.operations.base import Operation
from dbgen.operations.columns import AddColumn, AlterColumn, DropColumn
from dbgen.operations.constraints import AddConstraint, Constraint, DropConstraint
from dbgen.operations.enums import AlterEnum, CreateEnum, DropEnum, EnumUse, only_adds, type_name
from dbgen.operations.foreign_keys import AddForeignKey, DropForeignKey
from dbgen.operations.grants import ChangeGrants
from dbgen.operations.indexes import CreateIndex, DropIndex
from dbgen.operations.tables import CommentTable, CreateTable, DropTable
from dbgen.plan.keyed import keyed
from dbgen.values import dataclass

ColumnKey = tuple[str, str]


@dataclass(slots=True)
class Disturbed:
    """What other objects must make way for: columns whose type changes, keys that go."""

    columns: set[ColumnKey] = field(default_factory=set)
    keys: set[tuple[str, frozenset[str]]] = field(default_factory=set)

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
        if isinstance(thing, Index):
            return thing.where is not None and any(name == table for name, _ in self.columns)
        return any((table, column) in self.columns for column in thing.columns)


def changes(old: Schema, new: Schema, decisions: Decisions) -> list[Operation]:
    """The steps from `old` to `new`, in no particular order; renames have been made before."""
    difference = keyed(old.tables, new.tables)
    enums, swapped = _enums(old, new, decisions)
    disturbed = _disturbed(difference.changed, swapped)
    result: list[Operation] = [*enums]
    for table in difference.added:
        result.append(CreateTable(replace(table, foreign_keys=())))
        result += [AddForeignKey(table.name, key) for key in table.foreign_keys]
    for table in difference.removed:
        result += [DropForeignKey(table.name, key) for key in table.foreign_keys]
        result.append(DropTable(replace(table, foreign_keys=())))
    after = {table.name: table for table in new.tables}
    for before in old.tables:
        now = after.get(before.name)
        if now is not None and (before != now or disturbed.columns or disturbed.keys):
            result += _table(before, now, swapped, disturbed, decisions)
    return result


def _table(
    old: Table,
    new: Table,
    swapped: Mapping[ColumnKey, Column],
    disturbed: Disturbed,
    decisions: Decisions,
) -> Iterable[Operation]:
    yield from _columns(old, new, swapped, decisions)
    yield from _constraints(old, new, disturbed)
    yield from _foreign_keys(old, new, disturbed)
    yield from _indexes(old, new, disturbed)
    if old.comment != new.comment:
        yield CommentTable(old.name, old.comment, new.comment)
    if old.grants != new.grants:
        yield ChangeGrants(old.name, old.grants, new.grants)


def _columns(
    old: Table, new: Table, swapped: Mapping[ColumnKey, Column], decisions: Decisions
) -> Iterable[Operation]:
    before = [swapped.get((old.name, column.name), column) for column in old.columns]
    difference = keyed(before, new.columns)
    for column in sorted(difference.added, key=lambda c: c.position):
        yield AddColumn(old.name, column, decisions.conversion(old.name, column.name).backfill)
    for column in difference.removed:
        yield DropColumn(old.name, column)
    for was, becomes in difference.changed:
        yield AlterColumn(old.name, was, becomes, decisions.conversion(old.name, was.name))


def _constraints(old: Table, new: Table, disturbed: Disturbed) -> Iterable[Operation]:
    before: list[Constraint] = [*old.uniques, *old.checks, *([old.primary_key] if old.primary_key else [])]
    after: list[Constraint] = [*new.uniques, *new.checks, *([new.primary_key] if new.primary_key else [])]
    difference = keyed(before, after)
    for constraint in difference.removed:
        yield DropConstraint(old.name, constraint)
    for constraint in difference.added:
        yield AddConstraint(old.name, constraint)
    for was, becomes in difference.changed:
        yield DropConstraint(old.name, was)
        yield AddConstraint(old.name, becomes)
    for check in old.checks:
        if check in new.checks and disturbed.expression(old.name, check):
            yield DropConstraint(old.name, check)
            yield AddConstraint(old.name, check)


def _foreign_keys(old: Table, new: Table, disturbed: Disturbed) -> Iterable[Operation]:
    difference = keyed(old.foreign_keys, new.foreign_keys)
    again = [(k, k) for k in old.foreign_keys if k in new.foreign_keys and disturbed.foreign_key(old.name, k)]
    for key in difference.removed:
        yield DropForeignKey(old.name, key)
    for key in difference.added:
        yield AddForeignKey(old.name, key)
    for was, becomes in (*difference.changed, *again):
        yield DropForeignKey(old.name, was)
        yield AddForeignKey(old.name, becomes)


def _indexes(old: Table, new: Table, disturbed: Disturbed) -> Iterable[Operation]:
    difference = keyed(old.indexes, new.indexes)
    again = [(i, i) for i in old.indexes if i in new.indexes and disturbed.expression(old.name, i)]
    for index in difference.removed:
        yield DropIndex(old.name, index)
    for index in difference.added:
        yield CreateIndex(old.name, index)
    for was, becomes in (*difference.changed, *again):
        yield DropIndex(old.name, was)
        yield CreateIndex(old.name, becomes)


def _disturbed(changed: Iterable[tuple[Table, Table]], swapped: Mapping[ColumnKey, Column]) -> Disturbed:
    result = Disturbed(columns=set(swapped))
    for old, new in changed:
        types_now = {column.name: column.type for column in new.columns}
        for column in old.columns:
            if types_now.get(column.name, column.type) != column.type:
                result.columns.add((old.name, column.name))
        kept = {(key.name, key.columns) for key in _keys(new)}
        gone = [key for key in _keys(old) if (key.name, key.columns) not in kept]
        result.keys |= {(old.name, frozenset(key.columns)) for key in gone}
    return result


def _keys(table: Table) -> list[Constraint]:
    return [*table.uniques, *([table.primary_key] if table.primary_key else [])]


def _enums(old: Schema, new: Schema, decisions: Decisions) -> tuple[list[Operation], dict[ColumnKey, Column]]:
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
