"""Which steps of a plan take over what is there already, by the tables that `--adopt` found."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.model import types
from dbgen.model.schema import Schema, Table
from dbgen.operations.adoption import Adopt
from dbgen.operations.base import Operation
from dbgen.operations.enums import CreateEnum, type_name
from dbgen.operations.foreign_keys import AddForeignKey
from dbgen.operations.functions import CreateFunction
from dbgen.operations.policies import CreatePolicy
from dbgen.operations.row_security import ChangeRowSecurity
from dbgen.operations.tables import CreateTable
from dbgen.operations.triggers import CreateTrigger


def with_adoption(steps: Iterable[Operation], adopted: tuple[str, ...]) -> list[Operation]:
    """The steps, those that make an adopted table, its keys or its types done only where they are missing."""
    listed = list(steps)
    made = {step.new.name: step.new for step in listed if isinstance(step, CreateTable)}
    tables = {name: made[name] for name in adopted if name in made}
    used = {types.base(column.type) for table in tables.values() for column in table.columns}
    used |= _called(s for s in listed if isinstance(s, (CreatePolicy, CreateTrigger)) and s.name in tables)
    return [_adopted(step, tables, used) for step in listed]


def foundation(before: Schema, after: Schema, adopted: tuple[str, ...]) -> Schema:
    """What a database that has the adopted tables already holds before the iteration."""
    tables = tuple(table for table in after.tables if table.name in adopted and not before.has(table.name))
    if not tables:
        return before
    used = {types.base(column.type) for table in tables for column in table.columns}
    known = {enum.name for enum in before.enums}
    enums = tuple(e for e in after.enums if type_name(e.name) in used and e.name not in known)
    watching = [CreateTrigger(table.name, trigger) for table in tables for trigger in table.triggers]
    guarding = [CreatePolicy(table.name, policy) for table in tables for policy in table.policies]
    calls = _called((*watching, *guarding)) - {function.name for function in before.functions}
    functions = tuple(function for function in after.functions if function.name in calls)
    return Schema((*before.tables, *tables), (*before.enums, *enums), (*before.functions, *functions))


def _called(steps: Iterable[Operation]) -> set[str]:
    """The functions that the steps need."""
    return {fact[1] for step in steps for fact in step.needs() if fact[0] == "function"}


def _adopted(step: Operation, tables: dict[str, Table], used: set[str]) -> Operation:
    match step:
        case CreateTable() if step.new.name in tables:
            return Adopt(step)
        case AddForeignKey() | CreatePolicy() | CreateTrigger() | ChangeRowSecurity() if step.name in tables:
            return Adopt(step)
        case CreateFunction() if step.new.name in used:
            return Adopt(step)
        case CreateEnum() if type_name(step.new.name) in used:
            return Adopt(step)
        case _:
            return step
