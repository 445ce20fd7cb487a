"""`--repair-drift`: the way back from what is there to what dbgen's last iteration left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbgen.commands.conflicts import look_ahead, settled
from dbgen.commands.drift import Drift
from dbgen.commands.session import Session
from dbgen.errors import Declined
from dbgen.operations.base import sql_of
from dbgen.plan import make_plan

if TYPE_CHECKING:
    from dbgen.database.connection import Connection


def repair(
    session: Session, connection: Connection, drift: Drift, *, yes: bool, on_conflict: str
) -> tuple[str, ...]:
    """Brings what drifted back, shown and asked first, in one transaction; says what was done, in words.

    It is no iteration of its own: what it has to take is kept with the last one, and comes back when that is
    rolled back. Raises DATA_CONFLICT, DRIFT when it does not suffice, Declined.
    """
    from dbgen.database.repairing import run_repair

    plan = make_plan(drift.live, drift.recorded, iteration=drift.iteration)
    steps = tuple(
        step.describe() for step in plan.operations if step.counts() or step.reversibility != "exact"
    )
    words = steps or tuple(step.describe() for step in plan.operations)
    session.confirm_target()
    if not yes and not session.world.questions.repair(words, session.target.label):
        raise Declined
    mode, _ = look_ahead(session, connection, plan.operations, on_conflict)
    session.world.progress.step("repair the drift")
    script = "".join(f"{statement.sql};\n" for statement in sql_of(plan.operations))
    settled(
        session,
        mode,
        lambda chosen: run_repair(connection, script, drift.recorded, on_conflict=chosen),
    )
    return words
