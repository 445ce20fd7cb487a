"""`rollback`: undoes iterations, newest first, one transaction each."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from dbgen.commands.catching_up import caught_up
from dbgen.commands.context import World
from dbgen.commands.history_check import migration_edited, rollback_edited
from dbgen.commands.results import RolledBack, Step
from dbgen.commands.session import Session, open_session
from dbgen.errors import DbgenError, Declined, InputError, WorkError
from dbgen.model.snapshot import Snapshot, loads
from dbgen.operations.base import Operation
from dbgen.plan import make_plan
from dbgen.workspace.artifacts import Intent, discard, publish, retired, stage
from dbgen.workspace.state import FilesState, artifact_text, load_snapshot, read_state

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.ledger import Ledger, LedgerRow


def rollback(
    world: World, *, to: int | None = None, steps: int | None = None, yes: bool = False, dry_run: bool = False
) -> RolledBack:
    """Undoes the iterations after `to` (or the last `steps`, or the last one).

    Raises INVALID_ITERATION, MIGRATION_EDITED; a failure says at which iteration it stopped, and those
    after it stay undone.
    """
    session = open_session(world)
    if not session.config.allow_rollback:
        raise InputError("CONFIG_INVALID", "allowRollback is false in config/dbgen.yaml")
    with session.alone("rollback") as recovered, session.connected() as connection:
        return _Undoing(session, connection, recovered).run(to, steps, yes, dry_run)


class _Undoing:
    """One run of `rollback`, while it holds the workspace."""

    def __init__(self, session: Session, connection: Connection, recovered: tuple[str, ...]) -> None:
        from dbgen.database.ledger import read_ledger

        self.session = session
        self.connection = connection
        self.recovered = recovered
        self.state: FilesState = read_state(session.layout)
        self.ledger: Ledger = read_ledger(connection)
        self.rows = {row.iteration: row for row in self.ledger.rows}

    def run(self, to: int | None, steps: int | None, yes: bool, dry_run: bool) -> RolledBack:
        """Looks, asks, undoes."""
        self._refuse_stranger()
        if not dry_run:
            self.ledger = caught_up(self.session, self.connection, self.state, self.ledger, texts=True)
            self.rows = {row.iteration: row for row in self.ledger.rows}
        current = max(self.state.current, self.ledger.current)
        goal = _goal(current, to, steps)
        undone = range(current, goal, -1)
        self._refuse_edited(undone)
        planned = [self._step(n) for n in undone]
        plan = RolledBack(
            goal,
            current,
            self.session.target.label,
            dry_run,
            tuple(step for step, _ in planned),
            tuple(words for _, lost in planned for words in lost),
            self.recovered,
        )
        if dry_run or not undone:
            return plan
        self.session.confirm_target()
        if not yes and not self.session.world.questions.proceed_rollback(plan):
            raise Declined
        for iteration in undone:
            try:
                self._undo(iteration)
            except DbgenError as error:
                reached = f"Stopped at iteration {iteration}; those after it are rolled back."
                error.hint = f"{error.hint} {reached}" if error.hint else reached
                raise
        return plan

    def _refuse_stranger(self) -> None:
        from dbgen.workspace.identity import read_identity

        owner = self.ledger.workspace_id
        if self.ledger.rows and owner != read_identity(self.session.layout):
            raise WorkError(
                "STATE_MISMATCH",
                f"{self.session.target.label} belongs to another dbgen workspace",
                details={"database": owner},
            )

    def _refuse_edited(self, iterations: range) -> None:
        for iteration in iterations:
            row = self.rows.get(iteration)
            if row is not None and self._same_story(row) and rollback_edited(self.session, row):
                raise migration_edited(self.session.layout.name(self.session.layout.rollback(iteration)))

    def _same_story(self, row: LedgerRow) -> bool:
        return any(m.iteration == row.iteration and m.version == row.version for m in self.state.migrations)

    def _script(self, iteration: int) -> str:
        row = self.rows.get(iteration)
        if row is not None and row.texts is not None:
            return row.texts.rollback
        return artifact_text(self.session.layout, self.session.layout.rollback(iteration))

    def _snapshot(self, iteration: int) -> Snapshot:
        row = self.rows.get(iteration)
        if row is not None and row.texts is not None:
            return loads(row.texts.snapshot, f"ledger of iteration {iteration}")
        return load_snapshot(self.session.layout, iteration)

    def _step(self, iteration: int) -> tuple[Step, tuple[str, ...]]:
        """An iteration as results show it, and what goes with it for good."""
        after = self._snapshot(iteration)
        before = self._snapshot(iteration - 1).schema
        plan = make_plan(before, after.schema, after.decisions, iteration=iteration)
        backward: tuple[Operation, ...] = plan.backward
        words = tuple(operation.describe() for operation in backward)
        row = self.rows.get(iteration)
        name = f"{row.version}_{row.name}" if row else self.state.migration(iteration).path.stem
        lost = tuple(step.describe() for step in backward if step.reversibility == "lossy") if row else ()
        return Step(iteration, name, self._script(iteration), words), lost

    def _undo(self, iteration: int) -> None:
        from dbgen.database.apply import rollback_step

        session, row = self.session, self.rows.get(iteration)
        session.world.progress.step(f"roll back iteration {iteration}")
        staged = None
        if iteration <= self.state.current:
            staged = stage(session.layout, None, self._intent(iteration, row))
        if row is not None:
            try:
                rollback_step(
                    self.connection,
                    self._script(iteration),
                    iteration=iteration,
                    rollback_path=session.layout.name(session.layout.rollback(iteration)),
                )
            except DbgenError as error:
                if staged is not None and error.code != "CONNECTION_ERROR":
                    discard(staged)
                raise
        if staged is not None:
            publish(staged)

    def _intent(self, iteration: int, row: LedgerRow | None) -> Intent:
        session, migration = self.session, self.state.migration(iteration)
        return Intent(
            "rollback",
            uuid.uuid4().hex,
            iteration,
            row.version if row else migration.version,
            session.identity(),
            awaits_commit=row is not None,
            retires=retired(session.layout, migration),
            keep_history=session.config.keep_history,
            max_history=session.config.max_history_count,
            target=session.fingerprint,
        )


def _goal(current: int, to: int | None, steps: int | None) -> int:
    if to is not None and steps is not None:
        raise InputError("INPUT_INVALID", "--to and --steps say the same thing: give one of them")
    goal = to if to is not None else current - (1 if steps is None else steps)
    if steps is None and to is None and current == 0:
        return 0
    if not 0 <= goal <= current or (steps is not None and steps < 1):
        asked = f"Iteration {goal}" if to is not None else f"{steps} iteration(s) back"
        raise InputError(
            "INVALID_ITERATION",
            f"{asked} cannot be rolled back to. Current state is iteration {current}",
            hint=f"Choose --to 0 to {max(current - 1, 0)}.",
        )
    return goal
