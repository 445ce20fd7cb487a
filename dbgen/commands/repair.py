"""`--repair-drift`: the way back from what is there to what dbgen's last iteration left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dbgen.commands.conflicts import look_ahead, settled
from dbgen.commands.dependents import refuse_dependents
from dbgen.commands.drift import Drift, named
from dbgen.commands.session import Session
from dbgen.errors import Declined
from dbgen.model.schema import Check, ForeignKey, Index, Policy, PrimaryKey, Trigger, Unique
from dbgen.operations.base import Operation, sql_of
from dbgen.operations.constraints import DropConstraint
from dbgen.operations.foreign_keys import DropForeignKey
from dbgen.operations.indexes import DropIndex
from dbgen.operations.policies import DropPolicy
from dbgen.operations.triggers import DropTrigger
from dbgen.plan import make_plan

if TYPE_CHECKING:
    from dbgen.database.connection import Connection


def repair(
    session: Session, connection: Connection, drift: Drift, *, yes: bool, on_conflict: str
) -> tuple[str, ...]:
    """Brings what drifted back, shown and asked first, in one transaction; says what was done, in words.

    It is no iteration of its own: what it has to take is kept with the last one, and comes back when that is
    rolled back. Raises DEPENDENT_OBJECTS, DATA_CONFLICT, DRIFT when it does not suffice, Declined.
    """
    from dbgen.database.repairing import run_repair

    plan = make_plan(drift.live, drift.recorded, iteration=drift.iteration)
    refuse_dependents(session, connection, plan.operations, drift.recorded)
    operations = (*_making_way(drift), *plan.operations)
    steps = tuple(step.describe() for step in operations if step.counts() or step.reversibility != "exact")
    words = steps or tuple(step.describe() for step in operations)
    session.confirm_target()
    if not yes and not session.world.questions.repair(words, session.target.label):
        raise Declined
    mode, said = look_ahead(session, connection, plan.operations, on_conflict)
    session.world.progress.step("repair the drift")
    script = "".join(f"{statement.sql};\n" for statement in sql_of(operations))
    settled(
        session,
        mode,
        lambda chosen: run_repair(connection, script, drift.recorded, on_conflict=chosen),
    )
    return (*words, *(notice.message for notice in said))


def _making_way(drift: Drift) -> Iterator[Operation]:
    """The end of what bears the name of something recorded, so that it can be made again."""
    for extra in drift.changed:
        match named(drift.recorded, extra):
            case Policy() as policy:
                yield DropPolicy(extra.table, policy)
            case Trigger() as trigger:
                yield DropTrigger(extra.table, trigger)
            case Index() as index:
                yield DropIndex(extra.table, index)
            case ForeignKey() as key:
                yield DropForeignKey(extra.table, key)
            case PrimaryKey() | Unique() | Check() as constraint:
                yield DropConstraint(extra.table, constraint)
