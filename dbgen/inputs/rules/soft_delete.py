"""`includeSoftDelete`: what an API role deletes is marked with a time, and can be restored."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.inputs.rules.templates import body, column
from dbgen.model.requests import Notice, Rules
from dbgen.model.schema import Column, Function, Schema, Table, Trigger
from dbgen.operations.base import Operation
from dbgen.operations.tables import DropTable, RenameTable
from dbgen.operations.triggers import CreateTrigger, DropTrigger
from dbgen.values import replace

SOFT_DELETE = "dbgen_soft_delete"
#: Evaluated as the one who deletes; foreign keys' cascades run as the table's owner.
_API = "CURRENT_USER = ANY (ARRAY['anon'::name, 'authenticated'::name, 'service_role'::name])"
#: An application's own role is known by the user that it speaks for; a trigger's deletes are not its own.
_APP = f"(({_API}) OR (current_setting('app.user_id'::text, true) <> ''::text)) AND (pg_trigger_depth() = 0)"


def deleted_at(rules: Rules) -> Column:
    """The column that each entity's table gets."""
    return Column(column("deleted_at", rules), "timestamp with time zone")


def softly_deleted(schema: Schema, rules: Rules, entities: frozenset[str]) -> Schema:
    """The schema with a trigger on each entity's table that turns an API role's DELETE into an UPDATE of
    `deleted_at`. `entities`: their tables; those between two entities are deleted from as ever.
    """
    when = _API if rules.rls_identity == "auth.uid" else _APP

    def with_trigger(one: Table) -> Table:
        if one.name not in entities or one.primary_key is None:
            return one
        trigger = Trigger(SOFT_DELETE, "BEFORE", ("DELETE",), "soft_delete", one.primary_key.columns, when)
        return replace(one, triggers=(*one.triggers, trigger))

    tables = tuple(with_trigger(one) for one in schema.tables)
    return replace(schema, tables=tables, functions=(*schema.functions, *_functions(rules)))


def is_soft_delete(trigger: Trigger) -> bool:
    """Whether the trigger is the rule's."""
    return trigger.name == SOFT_DELETE


def revealed(steps: Iterable[Operation]) -> tuple[str, ...]:
    """The tables from which the steps, in order, take soft delete away, and which stay."""
    found: set[str] = set()
    for step in steps:
        match step:
            case DropTrigger() if is_soft_delete(step.old):
                found.add(step.name)
            case CreateTrigger() if is_soft_delete(step.new):
                found.discard(step.name)
            case DropTable():
                found.discard(step.old.name)
            case RenameTable() if step.old in found:
                found = {*(found - {step.old}), step.new}
            case _:
                pass
    return tuple(sorted(found))


def shows_deleted(tables: Iterable[str]) -> tuple[Notice, ...]:
    """The warning that these tables lose soft delete; none for no table."""
    names = ", ".join(tables)
    said = f"Without includeSoftDelete, rows that were deleted softly become visible in {names}"
    return (Notice(said, code="DELETED_ROWS_SHOWN"),) if names else ()


def _functions(rules: Rules) -> tuple[Function, ...]:
    return (
        Function(
            "soft_delete",
            "trigger",
            body("soft_delete", rules),
            definer=True,
            comment="Marks a row as deleted instead of deleting it. Arguments: the key's columns.",
        ),
        Function(
            "restore_row",
            "boolean",
            body("restore_row", rules),
            arguments=("target regclass", "key jsonb"),
            comment="Brings a row back that was deleted softly, and says whether there was one.",
        ),
    )
