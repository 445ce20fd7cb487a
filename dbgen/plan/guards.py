"""What guards rows and watches them: the steps for row security, policies, triggers and functions."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.model.schema import Function, Policy, Schema, Table, Trigger
from dbgen.operations.base import Operation
from dbgen.operations.functions import (
    AlterFunction,
    CreateFunction,
    CreateFunctionSchema,
    DropFunction,
    called,
    same_signature,
)
from dbgen.operations.policies import CreatePolicy, DropPolicy
from dbgen.operations.row_security import ChangeRowSecurity
from dbgen.operations.triggers import CreateTrigger, DropTrigger
from dbgen.plan.disturbed import Disturbed
from dbgen.plan.keyed import keyed
from dbgen.plan.order import ordered
from dbgen.plan.renames import Renames
from dbgen.sql import names_in


def guards(old: Table, new: Table, disturbed: Disturbed) -> Iterable[Operation]:
    """The steps for what guards and watches a table, which both sides call by one name."""
    if old.row_security != new.row_security:
        yield ChangeRowSecurity(new.name, new.row_security)
    policies = keyed(old.policies, new.policies)
    again = [(p, p) for p in old.policies if p in new.policies and disturbed.policy(p)]
    yield from (DropPolicy(old.name, policy) for policy in policies.removed)
    yield from (CreatePolicy(old.name, policy) for policy in policies.added)
    for was, becomes in (*policies.changed, *again):
        yield DropPolicy(old.name, was)
        yield CreatePolicy(old.name, becomes)
    triggers = keyed(old.triggers, new.triggers)
    anew = [(t, t) for t in old.triggers if t in new.triggers and disturbed.trigger(old.name, t)]
    yield from (DropTrigger(old.name, trigger) for trigger in triggers.removed)
    yield from (CreateTrigger(old.name, trigger) for trigger in triggers.added)
    for before, after in (*triggers.changed, *anew):
        yield DropTrigger(old.name, before)
        yield CreateTrigger(old.name, after)


def functions(old: Schema, new: Schema) -> Iterable[Operation]:
    """The steps for functions."""
    difference = keyed(old.functions, new.functions)
    if new.functions and not old.functions:
        yield CreateFunctionSchema()
    yield from (CreateFunction(function) for function in difference.added)
    yield from (DropFunction(function) for function in difference.removed)
    for was, becomes in difference.changed:
        if same_signature(was, becomes):
            yield AlterFunction(was, becomes)
        else:
            yield DropFunction(was)
            yield CreateFunction(becomes)


def stepping_aside(old: Schema, renames: Renames) -> tuple[Operation, ...]:
    """What speaks of something that is about to be renamed goes before the renames, and comes again with the
    rest. PostgreSQL itself would follow them, but by then nobody could say what the text of a subquery has
    become, and the way back needs it.
    """
    names = set(renames.tables) | {name for pairs in renames.columns.values() for name in pairs}
    if not names:
        return ()
    gone = [function for function in old.functions if _is_checked(function) and _speaks(names, function.body)]
    calls = {function.name for function in gone}
    steps: list[Operation] = [DropFunction(function) for function in gone]
    for table in old.tables:
        steps += [DropPolicy(table.name, p) for p in table.policies if _policy(p, table.name, names, calls)]
        steps += [DropTrigger(table.name, t) for t in table.triggers if _trigger(t, names, calls)]
    return ordered(steps)


def _is_checked(function: Function) -> bool:
    """Whether PostgreSQL looks into the body when the function is made."""
    return function.language == "sql"


def _speaks(names: set[str], *texts: str | None) -> bool:
    return not names.isdisjoint(names_in(*texts))


def _policy(policy: Policy, table: str, names: set[str], calls: set[str]) -> bool:
    read = {name for other, column in policy.reads for name in (other, column)} - {table}
    texts = policy.using, policy.check
    return _speaks(names, *texts) or not names.isdisjoint(read) or not calls.isdisjoint(called(*texts))


def _trigger(trigger: Trigger, names: set[str], calls: set[str]) -> bool:
    return _speaks(names, trigger.when) or trigger.function in calls or bool(calls & called(trigger.when))
