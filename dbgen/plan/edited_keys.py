"""Keys that people edit: values kept by such a key come back on the row that has it then."""

from __future__ import annotations

from dbgen.model.requests import Notice
from dbgen.operations.keeping import KeepColumns
from dbgen.plan.diff import Plan


def edited_keys(plan: Plan) -> tuple[Notice, ...]:
    """A warning for each table whose dropped columns are kept by a key that is neither uuid nor identity."""
    found = []
    for step in plan.operations:
        if isinstance(step, KeepColumns):
            table = plan.after.table(step.name)
            columns = [table.column(name) for name in step.key]
            edited = [c.name for c in columns if c.type != "uuid" and not c.identity]
            if edited:
                found.append(_notice(step, edited))
    return tuple(found)


def _notice(step: KeepColumns, edited: list[str]) -> Notice:
    what = ", ".join(step.columns)
    return Notice(
        f"The values of {step.name}.{what} are kept by the key {', '.join(edited)}, which people may edit: "
        "a rollback puts a value on the row that has the key then, or leaves it in the archive",
        details=(("table", step.name), ("columns", what)),
    )
