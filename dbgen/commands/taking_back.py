"""Iterations taken back from the scripts in the database's own ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dbgen.commands.conflicts import look_ahead, settled
from dbgen.commands.results import Step
from dbgen.commands.session import Session
from dbgen.commands.staying import what_stayed
from dbgen.errors import WorkError
from dbgen.model.requests import Notice
from dbgen.model.snapshot import Snapshot, loads
from dbgen.operations.keeper import KEPT
from dbgen.plan import Plan, make_plan

if TYPE_CHECKING:
    from dbgen.database.apply import Applied
    from dbgen.database.connection import Connection
    from dbgen.database.ledger import LedgerRow, Texts

Rows = Mapping[int, "LedgerRow"]


def texts_of(rows: Rows, iteration: int) -> Texts:
    """The artifacts of an iteration that the ledger holds. Raises STATE_CORRUPT where it does not."""
    row = rows.get(iteration)
    if row is None or row.texts is None:
        raise WorkError("STATE_CORRUPT", f"The database's ledger does not hold iteration {iteration}")
    return row.texts


def snapshot_of(rows: Rows, iteration: int) -> Snapshot:
    """The snapshot that the ledger holds; of iteration 0 the empty one. Raises STATE_CORRUPT."""
    if iteration == 0:
        return Snapshot()
    return loads(texts_of(rows, iteration).snapshot, f"ledger of iteration {iteration}")


def ledger_plan(rows: Rows, iteration: int) -> Plan:
    """The plan of an iteration, from the ledger's snapshots. Raises STATE_CORRUPT."""
    before, after = snapshot_of(rows, iteration - 1), snapshot_of(rows, iteration)
    return make_plan(before.schema, after.schema, after.decisions, iteration=iteration)


def undone_step(rows: Rows, iteration: int) -> Step:
    """An iteration of the ledger as results show its undoing."""
    row, plan = rows[iteration], ledger_plan(rows, iteration)
    words = tuple(step.describe() for step in plan.backward)
    return Step(iteration, f"{row.version}_{row.name}", texts_of(rows, iteration).rollback, words)


def take_back(
    session: Session,
    connection: Connection,
    script: str,
    plan: Plan,
    iteration: int,
    *,
    mode: str,
    discard: str = KEPT,
) -> tuple[Notice, ...]:
    """Runs the rollback script of the ledger's last iteration; says what became of rows in its way, and
    what did not come back.

    Raises DATA_CONFLICT, where nobody decides otherwise, and as `rollback_step` does.
    """
    from dbgen.database.apply import rollback_step

    mode, said = look_ahead(session, connection, plan.backward, mode)

    def work(chosen: str) -> Applied:
        return rollback_step(
            connection,
            script,
            iteration=iteration,
            rollback_path=session.layout.name(session.layout.rollback(iteration)),
            on_conflict=chosen,
            discard=discard,
        )

    settled(session, mode, work)
    return (*said, *what_stayed(connection, iteration, "forward"))
