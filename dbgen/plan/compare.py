"""What changed, as steps: one small function for each kind of object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model.requests import Decisions
from dbgen.model.schema import Column, Schema, Table
from dbgen.operations.altering import AlterColumn
from dbgen.operations.base import Operation
from dbgen.operations.columns import AddColumn, DropColumn
from dbgen.operations.constraints import AddConstraint, Constraint, DropConstraint
from dbgen.operations.foreign_keys import AddForeignKey, DropForeignKey
from dbgen.operations.grants import ChangeGrants
from dbgen.operations.indexes import CreateIndex, DropIndex
from dbgen.operations.tables import CommentTable, CreateTable, DropTable, bare
from dbgen.plan.disturbed import ColumnKey, Disturbed, disturbed_by
from dbgen.plan.enums import enum_changes
from dbgen.plan.guards import functions, guards
from dbgen.plan.keyed import Keyed, keyed


def changes(old: Schema, new: Schema, difference: Keyed[Table], decisions: Decisions) -> list[Operation]:
    """The steps from `old` to `new`, in no particular order; renames have been made before. `difference`: of
    their tables.
    """
    enums, swapped = enum_changes(old, new, decisions)
    disturbed = disturbed_by(old, new, difference.changed, swapped)
    result: list[Operation] = [*enums, *functions(old, new)]
    for table in difference.added:
        result.append(CreateTable(bare(table)))
        result += [AddForeignKey(table.name, key) for key in table.foreign_keys]
        result += guards(bare(table), table, disturbed)
    for table in difference.removed:
        result += guards(table, bare(table), disturbed)
        result += [DropForeignKey(table.name, key) for key in table.foreign_keys]
        result.append(DropTable(bare(table)))
    changed = {was.name: now for was, now in difference.changed}
    gone = {table.name for table in difference.removed}
    for table in old.tables:
        if table.name in changed or (disturbed and table.name not in gone):
            result += _table(table, changed.get(table.name, table), swapped, disturbed, decisions)
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
    yield from guards(old, new, disturbed)
    if old.comment != new.comment:
        yield CommentTable(old.name, old.comment, new.comment)
    if old.grants != new.grants:
        yield ChangeGrants(old.name, old.grants, new.grants)


def _columns(
    old: Table, new: Table, swapped: Mapping[ColumnKey, Column], decisions: Decisions
) -> Iterable[Operation]:
    before: Iterable[Column] = old.columns
    if swapped:
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
