"""`rollback`: undoes iterations, newest first, one transaction each."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from dbgen.commands.by_hand import follow
from dbgen.commands.catching_up import caught_up
from dbgen.commands.conflicts import STOP, checked_mode
from dbgen.commands.context import World
from dbgen.commands.dependents import refuse_dependents
from dbgen.commands.discarding import Backup, discard_agreed, keeps, told
from dbgen.commands.history_check import migration_edited, refuse_stranger, rollback_edited, same_story
from dbgen.commands.results import RolledBack, Step
from dbgen.commands.seen_drift import drift_of
from dbgen.commands.session import Session, open_session
from dbgen.commands.taking_back import take_back
from dbgen.errors import DbgenError, Declined, InputError
from dbgen.inputs.rules.soft_delete import revealed, shows_deleted
from dbgen.model.requests import Notice
from dbgen.model.schema import Schema
from dbgen.model.snapshot import Snapshot, loads
from dbgen.operations.base import Operation
from dbgen.operations.keeper import KEPT
from dbgen.plan import Plan, make_plan
from dbgen.plan.edited_keys import edited_keys_back
from dbgen.values import dataclass, replace
from dbgen.workspace.artifacts import Intent, discard, publish, retired, stage
from dbgen.workspace.state import FilesState, artifact_text, load_snapshot, read_state

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.ledger import Ledger, LedgerRow


@dataclass(frozen=True, slots=True)
class How:
    """What the call says beside the goal: see the options of `dbgen rollback`."""

    yes: bool
    dry_run: bool
    mode: str
    discard: bool
    backup: bool


def rollback(
    world: World,
    *,
    to: int | None = None,
    steps: int | None = None,
    yes: bool = False,
    dry_run: bool = False,
    on_conflict: str = STOP,
    discard_data: bool = False,
    backup: bool = True,
) -> RolledBack:
    """Undoes the iterations after `to` (or the last `steps`, or the last one).

    Raises INVALID_ITERATION, MIGRATION_EDITED, DRIFT, DEPENDENT_OBJECTS, DATA_CONFLICT; a failure says at
    which iteration it stopped, and those after it stay undone.
    """
    session = open_session(world)
    how = How(yes, dry_run, checked_mode(on_conflict), discard_data, backup)
    if not session.config.allow_rollback:
        raise InputError("CONFIG_INVALID", "allowRollback is false in config/dbgen.yaml")
    with session.alone("rollback") as recovered, session.connected() as connection:
        return _Undoing(session, connection, recovered).run(to, steps, how)


class _Undoing:
    """One run of `rollback`, while it holds the workspace."""

    def __init__(self, session: Session, connection: Connection, recovered: tuple[str, ...]) -> None:
        from dbgen.database.ledger import read_ledger

        self.session = session
        self.connection = connection
        self.state: FilesState = read_state(session.layout)
        self.ledger: Ledger = read_ledger(connection)
        self.state, moved = follow(session, connection, self.state, self.ledger)
        self.recovered = (*recovered, *moved)
        self.rows = {row.iteration: row for row in self.ledger.rows}
        self.parted = False

    def run(self, to: int | None, steps: int | None, how: How) -> RolledBack:
        """Looks, asks, undoes."""
        refuse_stranger(self.session, self.ledger)
        if not how.dry_run:
            self.ledger = caught_up(self.session, self.connection, self.state, self.ledger, texts=True)
            self.rows = {row.iteration: row for row in self.ledger.rows}
        current = max(self.state.current, self.ledger.current)
        goal = _goal(current, to, steps)
        undone = range(current, goal, -1)
        self.parted = self._all_another_story(undone)
        self._refuse_edited(undone)
        plans = {n: self._plan(n) for n in undone}
        made = [one for n, one in plans.items() if n in self.rows]
        done = [step for one in made for step in one.backward]
        plan = RolledBack(
            goal,
            current,
            self.session.target.label,
            how.dry_run,
            tuple(self._step(n, one.backward, how) for n, one in plans.items()),
            tuple(
                told(step, how.discard)
                for step in done
                if step.reversibility == "lossy" or (how.discard and keeps(step))
            ),
            self.recovered,
            warnings=(*shows_deleted(revealed(done)), *chain.from_iterable(map(edited_keys_back, made))),
        )
        if how.dry_run or not undone:
            return plan
        plan = self._agreed(plan, plans, how)
        said, backup = self._undo_all(plans, how)
        return replace(plan, notices=said, backup=backup)

    def _undo_all(self, plans: Mapping[int, Plan], how: How) -> tuple[tuple[Notice, ...], str | None]:
        """One iteration after the other, newest first; what is to be said of it, and the backup's name."""
        said: list[Notice] = []
        backup = Backup(session=self.session)
        for iteration, plan in plans.items():
            try:
                if how.discard and how.backup and iteration in self.rows:
                    later = [step for n, other in plans.items() if n < iteration for step in other.backward]
                    backup.add(self.connection, plan.backward, later)
                said += self._undo(iteration, plan, how, backup)
            except DbgenError as error:
                if iteration < max(plans):
                    reached = f"Stopped at iteration {iteration}; those after it are rolled back."
                    error.hint = f"{error.hint} {reached}" if error.hint else reached
                raise
        return tuple(said), backup.name

    def _agreed(self, plan: RolledBack, plans: Mapping[int, Plan], how: How) -> RolledBack:
        """The plan, once nothing stands against it and a person has said yes."""
        session = self.session
        drift_of(session, self.connection).refuse(session.target.label)
        applied = [iteration for iteration in plans if iteration in self.rows]
        # What is there is what the newest one left, foreign keys of later tables to earlier ones too.
        made = self._snapshot(applied[0]).schema if applied else Schema()
        for iteration in applied:
            refuse_dependents(session, self.connection, plans[iteration].backward, made)
        session.confirm_target()
        if not how.yes and not session.world.questions.proceed_rollback(plan):
            raise Declined
        if not how.discard:
            return plan
        discard_agreed(session, [step for n in applied for step in plans[n].backward], yes=how.yes)
        return plan

    def _refuse_edited(self, iterations: range) -> None:
        for iteration in iterations:
            row = self.rows.get(iteration)
            if row is not None and self._same_story(row) and rollback_edited(self.session, row):
                raise migration_edited(self.session.layout.name(self.session.layout.rollback(iteration)))

    def _same_story(self, row: LedgerRow) -> bool:
        return same_story(self.session, self.state, row)

    def _all_another_story(self, iterations: range) -> bool:
        """Whether the files have none of what is taken back, and so keep theirs of these numbers."""
        rows = [self.rows[iteration] for iteration in iterations if iteration in self.rows]
        return bool(rows) and not any(self._same_story(row) for row in rows)

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

    def _plan(self, iteration: int) -> Plan:
        after = self._snapshot(iteration)
        before = self._snapshot(iteration - 1).schema
        return make_plan(before, after.schema, after.decisions, iteration=iteration)

    def _step(self, iteration: int, backward: Iterable[Operation], how: How) -> Step:
        row = self.rows.get(iteration)
        name = f"{row.version}_{row.name}" if row else self.state.migration(iteration).path.stem
        words = tuple(told(operation, how.discard) for operation in backward)
        return Step(iteration, name, self._script(iteration), words)

    def _undo(self, iteration: int, plan: Plan, how: How, backup: Backup) -> tuple[Notice, ...]:
        session, row, said = self.session, self.rows.get(iteration), tuple[Notice, ...]()
        session.world.progress.step(f"roll back iteration {iteration}")
        staged = None
        if iteration <= self.state.current and not self.parted:
            staged = stage(session.layout, None, self._intent(iteration, row))
        if row is not None:
            try:
                said = take_back(
                    session,
                    self.connection,
                    self._script(iteration),
                    plan,
                    iteration,
                    mode=how.mode,
                    discard=backup.discard if how.discard else KEPT,
                )
            except DbgenError as error:
                if staged is not None and error.code != "CONNECTION_ERROR":
                    discard(staged)
                raise
        if staged is not None:
            publish(staged)
        return said

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
