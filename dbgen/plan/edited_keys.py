"""Keys that people edit: values kept by such a key come back on the row that has it then.

Rows whose keys were swapped are, to the last value, rows whose other values were swapped under keys that
stayed, so that nothing kept beside the key could tell which it was: people are told instead, before.
"""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.model.requests import Notice
from dbgen.model.schema import Schema
from dbgen.operations.base import Operation, run
from dbgen.operations.keeping import KeepColumns, RestoreColumns
from dbgen.plan.diff import Plan


def edited_keys(plan: Plan) -> tuple[Notice, ...]:
    """A warning for each table whose dropped columns are kept by a key that is neither uuid nor identity."""
    return tuple(_kept(plan.operations, plan.after, "a rollback"))


def edited_keys_back(plan: Plan) -> tuple[Notice, ...]:
    """The warnings of the way back: for what it keeps, and for what it brings back."""
    # The way back ends with the renames, so that all goes by the later names.
    before = run(plan.renames, plan.before)
    return (*_kept(plan.backward, before, "generate or apply"), *_returning(plan.backward, plan.after))


def _kept(steps: Iterable[Operation], schema: Schema, later: str) -> Iterable[Notice]:
    what_then = f"{later} puts a value on the row that has the key then, or leaves it in the archive"
    for step in steps:
        if isinstance(step, KeepColumns):
            yield from _notices(step, schema, "are kept", what_then)


def _returning(steps: Iterable[Operation], schema: Schema) -> Iterable[Notice]:
    what_then = "each on the row that has its key now, also where keys were swapped"
    for step in steps:
        if isinstance(step, RestoreColumns):
            yield from _notices(step, schema, "come back", what_then)


def _notices(step: KeepColumns | RestoreColumns, schema: Schema, do: str, what_then: str) -> Iterable[Notice]:
    columns = [schema.table(step.name).column(name) for name in step.key]
    edited = [column.name for column in columns if column.type != "uuid" and not column.identity]
    if edited:
        what, key = ", ".join(step.columns), ", ".join(edited)
        text = f"The values of {step.name}.{what} {do} by the key {key}, which people may edit: {what_then}"
        yield Notice(text, details=(("table", step.name), ("columns", what)))
