"""What others built on tables and columns that are about to go: found beforehand and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from dbgen.commands.session import Session
from dbgen.errors import WorkError
from dbgen.model.schema import Schema
from dbgen.operations.altering import AlterColumn
from dbgen.operations.base import Operation
from dbgen.operations.columns import DropColumn, RenameColumn, retyped
from dbgen.operations.functions import DropFunction
from dbgen.operations.policies import DropPolicy
from dbgen.operations.tables import DropTable, RenameTable
from dbgen.operations.triggers import DropTrigger

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.dependents import Dependent

_SHOWN = 10


def refuse_dependents(
    session: Session, connection: Connection, steps: Sequence[Operation], before: Schema
) -> None:
    """Raises `WorkError` DEPENDENT_OBJECTS, naming each and what it hangs on."""
    found = dependents_of(connection, steps, before)
    if not found:
        return
    more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    listed = "; ".join(f"{one.what} hangs on {one.on}" for one in found[:_SHOWN])
    raise WorkError(
        "DEPENDENT_OBJECTS",
        f"Others have built on what would go or change in {session.target.label}: {listed}{more}",
        hint="Nothing was changed. Drop what hangs on it, and make it again afterwards.",
        details={"dependents": [{"object": one.what, "on": one.on} for one in found]},
    )


def dependents_of(
    connection: Connection, steps: Sequence[Operation], before: Schema
) -> tuple[Dependent, ...]:
    """What hangs on what the steps drop or convert; `before` is what dbgen made so far."""
    from dbgen.database.dependents import find_dependents

    kinds = {"constraint": "foreign_keys", "policy": "policies", "trigger": "triggers"}
    own = {
        (kind, table.name, thing.name)
        for table in before.tables
        for kind, children in kinds.items()
        for thing in getattr(table, children)
    }
    return find_dependents(connection, tuple(doomed(steps)), own)


def doomed(steps: Sequence[Operation]) -> Iterable[tuple[str, str | None]]:
    """The tables and columns that go, or change their type, by the names that they have before."""
    names = original_names(steps)
    for step in steps:
        match step:
            case DropTable():
                yield names(step.old.name, None)
            case DropColumn():
                yield names(step.name, step.old.name)
            case AlterColumn() if retyped(step.old, step.new):
                yield names(step.name, step.new.name)


def opening(steps: Sequence[Operation]) -> Sequence[Operation]:
    """The renames at the head of a plan, with what steps aside for them."""
    number = 0
    while number < len(steps) and (
        steps[number].kind.startswith("rename_")
        or isinstance(steps[number], (DropPolicy, DropTrigger, DropFunction))
    ):
        number += 1
    return steps[:number]


def original_names(steps: Sequence[Operation]) -> Callable[[str, str | None], tuple[str, str | None]]:
    """What a table, and a column of it, are called before the plan's renames, which come first in it; in the
    way back they come last, and change nothing of this.
    """
    renames = opening(steps)

    def before(table: str, column: str | None) -> tuple[str, str | None]:
        for step in reversed(renames):
            if isinstance(step, RenameTable) and step.new == table:
                table = step.old
            elif isinstance(step, RenameColumn) and step.name == table and step.new == column:
                column = step.old
        return table, column

    return before
