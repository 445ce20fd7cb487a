"""`generate`, the main job."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from dbgen.commands import proving
from dbgen.commands.adopting import refuse_existing, with_existing
from dbgen.commands.answering import unanswered_tables
from dbgen.commands.application import bring_up
from dbgen.commands.by_hand import follow
from dbgen.commands.catching_up import caught_up
from dbgen.commands.conflicts import checked_mode, look_ahead, settled
from dbgen.commands.context import World
from dbgen.commands.dependents import refuse_dependents
from dbgen.commands.discarding import Backup, discard_agreed, discarded
from dbgen.commands.failed import keep_failed
from dbgen.commands.generating import How, Selection, refuse_senseless
from dbgen.commands.history_check import refuse_other_story, unpushed
from dbgen.commands.making import artifacts_of, intent_of, step_of
from dbgen.commands.planning import Planned, plan_next, plan_redo
from dbgen.commands.repair import repair
from dbgen.commands.results import Generated
from dbgen.commands.seen_drift import drift_of
from dbgen.commands.session import Session, open_session
from dbgen.commands.staying import what_stayed
from dbgen.commands.steps import recorded_plan
from dbgen.commands.visiting import advised
from dbgen.errors import DbgenError, Declined
from dbgen.operations.keeper import KEPT
from dbgen.values import replace
from dbgen.workspace.artifacts import Artifacts, discard, publish, retired, stage
from dbgen.workspace.clock import next_version
from dbgen.workspace.state import FilesState, artifact_text, read_state

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.ledger import Ledger


def generate(
    world: World,
    *,
    iteration: int | None = None,
    module: str | None = None,
    drop_modules: tuple[str, ...] = (),
    phase: int | None = None,
    renames: tuple[str, ...] = (),
    no_renames: bool = False,
    yes: bool = False,
    apply: bool = True,
    verify: bool = True,
    adopt: bool = False,
    on_conflict: str = "stop",
    repair_drift: bool = False,
    redo: bool = False,
    discard_data: bool = False,
    backup: bool = True,
) -> Generated:
    """Makes the next iteration: migration, rollback, snapshot, types, and applies it; with `adopt`, takes
    over tables that are there already and equal the plan; with `redo`, makes the current one anew.

    Raises any error of the tree; then nothing was written and nothing changed. With no change in the
    inputs, gives a result whose `changed` is False.
    """
    how = How(yes, verify, adopt, checked_mode(on_conflict), repair_drift, redo, discard_data, backup)
    session = open_session(world)
    refuse_senseless(session, how, apply)
    selection = Selection(iteration, module, drop_modules, phase, renames, no_renames)
    with session.alone("generate") as recovered:
        work = _Generation(session, selection, how)
        with session.connected() if apply else nullcontext() as connection:
            result = work.run(connection)
            return replace(result, recovered=(*recovered, *result.recovered))


class _Generation:
    """One run of `generate`, while it holds the workspace."""

    def __init__(self, session: Session, selection: Selection, how: How) -> None:
        self.session = session
        self.selection = selection
        self.how = how
        self.mode = how.on_conflict
        self.repaired: tuple[str, ...] = ()
        self.discard = KEPT
        self.ahead = ExitStack()
        self.ground: proving.Ground | None = None

    def run(self, connection: Connection | None) -> Generated:
        """The whole of it; without a connection files are written and nothing is applied."""
        session, state = self.session, read_state(self.session.layout)
        moved: tuple[str, ...] = ()
        ledger = None
        if connection is not None:
            state, ledger, moved = self._looked(connection, state)
        planned = self._planned(state)
        with self.ahead:
            if connection is not None and planned.plan and self.how.verify and not self.how.adopt:
                # Made ready while the target is looked at.
                schemas = (planned.previous.schema, planned.snapshot.schema)
                self.ground = self.ahead.enter_context(proving.ground_for(session, *schemas))
            return self._carried_out(connection, state, ledger, planned, moved)

    def _carried_out(
        self,
        connection: Connection | None,
        state: FilesState,
        ledger: Ledger | None,
        planned: Planned,
        moved: tuple[str, ...],
    ) -> Generated:
        session = self.session
        if connection is not None and ledger is not None:
            ledger = self._ready(connection, state, ledger)
            if self.how.adopt:
                planned = with_existing(session, connection, planned)
        result = planned.result(session.target.label if connection else None)
        result = replace(result, recovered=moved, repaired=self.repaired, redone=self.how.redo)
        if self.how.discard:
            result = replace(result, operations=discarded(planned.plan.operations))
        if not planned.plan or self._same_again(state, planned):
            return replace(result, iteration=state.current, changed=False, redone=False)
        if connection is not None and ledger is not None:
            result = self._agreed(connection, state, ledger, planned, result)
        elif self.how.verify and proving.needs_judge(planned):
            result = replace(result, proof=proving.proven(session, planned))
        return self._make(connection, state, ledger, planned, result)

    def _agreed(
        self, connection: Connection, state: FilesState, ledger: Ledger, planned: Planned, result: Generated
    ) -> Generated:
        """The result so far, once nothing stands against the plan and a person has said yes."""
        session, how = self.session, self.how
        if not how.yes:
            session.world.questions.somebody(f"apply iteration {planned.iteration}")
        result = self._checked(connection, state, ledger, planned, result)
        if how.verify:
            with keep_failed(session, planned.iteration, planned.migration, planned.rollback):
                undo = self._taken_back(ledger, planned)
                proof = proving.proven(
                    session, planned, connection, undo=undo, ground=self.ground, lasting=True
                )
            self.ahead.close()
            result = replace(result, proof=proof)
        session.confirm_target()
        if not how.yes and not session.world.questions.proceed(result):
            raise Declined
        if not how.discard:
            return result
        discard_agreed(session, planned.plan.operations, yes=how.yes)
        backup = Backup(session)
        if how.backup:
            backup.add(connection, planned.plan.operations)
        self.discard = backup.discard
        return replace(result, backup=backup.name)

    def _looked(
        self, connection: Connection, state: FilesState
    ) -> tuple[FilesState, Ledger, tuple[str, ...]]:
        """Files and ledger, once the files have followed what was rolled back by hand."""
        from dbgen.database.ledger import read_ledger

        ledger = read_ledger(connection, texts=False)
        state, moved = follow(self.session, connection, state, ledger)
        return state, ledger, moved

    def _planned(self, state: FilesState) -> Planned:
        self.session.world.progress.step("read the inputs and compare them with the last snapshot")
        if self.how.redo:
            return plan_redo(self.session, state, self.selection)
        return plan_next(self.session, state, self.selection)

    def _same_again(self, state: FilesState, planned: Planned) -> bool:
        """Whether the iteration that is to be made anew would be what it is."""
        if not self.how.redo or planned.snapshot != state.snapshot:
            return False
        return planned.migration == artifact_text(self.session.layout, state.migration(state.current).path)

    def _ready(self, connection: Connection, state: FilesState, ledger: Ledger) -> Ledger:
        """The ledger of a database that is where the files are, and holds what the ledger says."""
        from dbgen.database.ledger import read_ledger

        session = self.session
        refuse_other_story(session, state, ledger)
        ledger = caught_up(session, connection, state, ledger)
        drift = drift_of(session, connection)
        if self.how.repair_drift and drift.differences:
            self.repaired = repair(session, connection, drift, yes=self.how.yes, on_conflict=self.mode)
        else:
            drift.refuse(session.target.label)
        goal = state.current - 1 if self.how.redo else state.current
        behind = goal - ledger.current
        if behind <= 0:
            return ledger
        if not session.world.questions.apply_first(behind, session.target.label):
            raise Declined
        session.confirm_target()
        bring_up(session, connection, state, ledger.current, goal, verify=self.how.verify, mode=self.mode)
        return read_ledger(connection, texts=False)

    def _checked(
        self, connection: Connection, state: FilesState, ledger: Ledger, planned: Planned, result: Generated
    ) -> Generated:
        """What would stop the migration, found beforehand, and what becomes of rows in its way."""
        from dbgen.database.preflight import check_size

        session, steps = self.session, planned.plan.operations
        check_size(connection, planned.plan.locks)
        before = self._taken_back(ledger, planned)
        refuse_existing(session, connection, planned, state.snapshot.schema if before else None)
        if before:
            _, _, old = recorded_plan(session, planned.iteration)
            refuse_dependents(session, connection, old.backward, old.after)
        else:
            refuse_dependents(session, connection, steps, planned.previous.schema)
        self.mode, notices = look_ahead(session, connection, steps, self.mode, before=before)
        told = (*notices, *unpushed(session, state, ledger))
        return replace(result, warnings=(*advised(connection, planned, result.warnings), *told))

    def _taken_back(self, ledger: Ledger, planned: Planned) -> str:
        """The script that takes back what is made anew; nothing where nothing is."""
        if not self.how.redo or ledger.current != planned.iteration:
            return ""
        return artifact_text(self.session.layout, self.session.layout.rollback(planned.iteration))

    def _make(
        self,
        connection: Connection | None,
        state: FilesState,
        ledger: Ledger | None,
        planned: Planned,
        result: Generated,
    ) -> Generated:
        session, layout = self.session, self.session.layout
        session.world.progress.step("write the files")
        version = next_version(session.world.now, (*state.versions, *(ledger.versions if ledger else ())))
        artifacts = artifacts_of(session, planned, version)
        old = retired(layout, state.migration(planned.iteration)) if self.how.redo else None
        intent = intent_of(
            session, planned.iteration, version, awaits_commit=connection is not None, retires=old
        )
        staged = stage(layout, artifacts, intent)
        if connection is not None and ledger is not None:
            try:
                self._apply(connection, ledger, planned, artifacts, version, intent.workspace)
            except DbgenError as error:
                # When the answer to COMMIT is lost, only the ledger can tell, at the next run.
                if error.code != "CONNECTION_ERROR":
                    discard(staged)
                raise
        session.world.progress.step("put the files in place")
        publish(staged)
        kinds = ("migration", "rollback", "snapshot", "types")
        named = {kind: layout.name(getattr(artifacts, kind).path) for kind in kinds}
        result = replace(result, applied=connection is not None, artifacts=named)
        if connection is not None:
            told = unanswered_tables(session, planned.previous.schema, planned.snapshot.schema)
            stayed = what_stayed(connection, planned.iteration, "rollback")
            result = replace(result, warnings=(*result.warnings, *stayed, *told))
        return result

    def _apply(
        self,
        connection: Connection,
        ledger: Ledger,
        planned: Planned,
        artifacts: Artifacts,
        version: str,
        workspace: str,
    ) -> None:
        from dbgen.database.apply import Applied, apply_step, redo_step

        session, iteration = self.session, planned.iteration
        session.world.progress.step(f"apply iteration {iteration}")
        step = step_of(planned, artifacts, version)
        old = artifact_text(session.layout, session.layout.rollback(iteration)) if self.how.redo else ""
        with keep_failed(session, iteration, step.migration, step.rollback) as path:

            def work(mode: str) -> Applied:
                do = apply_step if ledger.current < iteration else partial(redo_step, script=old)
                return do(
                    connection,
                    step=step,
                    workspace_id=workspace,
                    applied_by=session.world.who,
                    rollback_path=path,
                    on_conflict=mode,
                    discard=self.discard,
                )

            settled(session, self.mode, work)
