"""`generate`, the main job, and `preview`, the same without doing it."""

from __future__ import annotations

import uuid
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from dbgen.commands import proving
from dbgen.commands.adopting import refuse_existing, with_existing
from dbgen.commands.application import bring_up
from dbgen.commands.catching_up import caught_up
from dbgen.commands.context import World
from dbgen.commands.history_check import refuse_other_story
from dbgen.commands.planning import Planned, Selection, plan_next, table_names
from dbgen.commands.results import Generated
from dbgen.commands.session import GENERATOR, Session, open_session
from dbgen.errors import DbgenError, Declined, InputError
from dbgen.model.requests import Notice
from dbgen.model.snapshot import dumps
from dbgen.plan.advice import readers
from dbgen.render.typescript import typescript
from dbgen.workspace.artifacts import Artifact, Artifacts, Intent, discard, publish, stage
from dbgen.workspace.clock import next_version
from dbgen.workspace.state import FilesState, read_state

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
) -> Generated:
    """Makes the next iteration: migration, rollback, snapshot, types, and applies it; with `adopt`, takes
    over tables that are there already and equal the plan.

    Raises any error of the tree; then nothing was written and nothing changed. With no change in the
    inputs, gives a result whose `changed` is False.
    """
    if adopt and not apply:
        raise InputError("INPUT_INVALID", "--adopt looks at the database: it cannot go with --no-apply")
    session = open_session(world)
    selection = Selection(iteration, module, drop_modules, phase, renames, no_renames)
    with session.alone("generate") as recovered:
        work = _Generation(session, selection, yes, verify, adopt)
        with session.connected() if apply else nullcontext() as connection:
            return replace(work.run(connection), recovered=recovered)


def preview(
    world: World,
    *,
    iteration: int | None = None,
    module: str | None = None,
    drop_modules: tuple[str, ...] = (),
    phase: int | None = None,
    renames: tuple[str, ...] = (),
    no_renames: bool = False,
    with_database: bool = False,
    prove: bool = False,
) -> Generated:
    """What `generate` would do; writes and applies nothing. `with_database` also looks at the target."""
    session = open_session(world)
    selection = Selection(iteration, module, drop_modules, phase, renames, no_renames)
    planned = plan_next(session, read_state(session.layout), selection)
    result = planned.result(session.target.label)
    if with_database:
        from dbgen.commands.inspection import look

        with session.connected() as connection:
            result = replace(result, warnings=(*result.warnings, *look(session, planned, connection)))
    if prove and planned.plan:
        result = replace(result, proof=proving.proven(session, planned))
    return result


class _Generation:
    """One run of `generate`, while it holds the workspace."""

    def __init__(self, session: Session, selection: Selection, yes: bool, verify: bool, adopt: bool) -> None:
        self.session = session
        self.selection = selection
        self.yes = yes
        self.verify = verify
        self.adopt = adopt

    def run(self, connection: Connection | None) -> Generated:
        """The whole of it; without a connection files are written and nothing is applied."""
        session = self.session
        state = read_state(session.layout)
        session.world.progress.step("read the inputs and compare them with the last snapshot")
        planned = plan_next(session, state, self.selection)
        ledger = self._ready(connection, state) if connection else None
        if connection is not None and self.adopt:
            planned = with_existing(session, connection, planned)
        result = planned.result(session.target.label if connection else None)
        if not planned.plan:
            return result
        asks = connection is not None and not self.yes
        if asks:
            session.world.questions.somebody(f"apply iteration {planned.iteration}")
        if connection is not None and ledger is not None:
            self._check(connection, planned)
        if self.verify and (connection is not None or proving.needs_judge(planned)):
            result = replace(result, proof=proving.proven(session, planned))
        if connection is not None:
            session.confirm_target()
        if asks and not session.world.questions.proceed(result):
            raise Declined
        return self._make(connection, state, ledger, planned, result)

    def _ready(self, connection: Connection, state: FilesState) -> Ledger:
        """The ledger of a database that is where the files are."""
        from dbgen.database.ledger import read_ledger

        session = self.session
        ledger = read_ledger(connection, texts=False)
        refuse_other_story(session, state, ledger)
        ledger = caught_up(session, connection, state, ledger)
        behind = state.current - ledger.current
        if not behind:
            return ledger
        if not session.world.questions.apply_first(behind, session.target.label):
            raise Declined
        session.confirm_target()
        bring_up(session, connection, state, ledger, state.current, verify=self.verify)
        return read_ledger(connection, texts=False)

    def _check(self, connection: Connection, planned: Planned) -> None:
        """What would stop the migration, found beforehand."""
        from dbgen.database.preflight import check_size

        check_size(connection, planned.plan.locks)
        refuse_existing(self.session, connection, planned)

    def _make(
        self,
        connection: Connection | None,
        state: FilesState,
        ledger: Ledger | None,
        planned: Planned,
        result: Generated,
    ) -> Generated:
        session = self.session
        session.world.progress.step("write the files")
        taken = (*state.versions, *(ledger.versions if ledger else ()))
        version = next_version(session.world.now, taken)
        artifacts = self._artifacts(planned, version)
        workspace = session.identity()
        intent = Intent(
            "generate",
            uuid.uuid4().hex,
            planned.iteration,
            version,
            workspace,
            awaits_commit=connection is not None,
            target=session.fingerprint,
        )
        staged = stage(session.layout, artifacts, intent)
        if connection is not None:
            try:
                self._apply(connection, planned, artifacts, version, workspace)
            except DbgenError as error:
                # When the answer to COMMIT is lost, only the ledger can tell, at the next run.
                if error.code != "CONNECTION_ERROR":
                    discard(staged)
                raise
        session.world.progress.step("put the files in place")
        publish(staged)
        named = {
            kind: session.layout.name(getattr(artifacts, kind).path)
            for kind in ("migration", "rollback", "snapshot", "types")
        }
        result = replace(result, applied=connection is not None, artifacts=named)
        if connection is not None:
            result = replace(result, warnings=(*result.warnings, *self._unanswered(planned)))
        return result

    def _unanswered(self, planned: Planned) -> tuple[Notice, ...]:
        """What the project's Data API, where there is one, says against the tables made."""
        from dbgen.database.data_api import is_there, unanswered

        session, names = self.session, table_names(planned)
        url, key = session.config.supabase_url, session.config.supabase_anon_key
        if session.target.kind == "embedded" or not (names and url and key):
            return ()
        if not is_there(url, local=session.target.local):
            return ()
        session.world.progress.step("ask the Data API for the tables made")
        tables = [table for table in planned.snapshot.schema.tables if table.name in names]
        return unanswered(url, key, {table.name: readers(table) for table in tables})

    def _artifacts(self, planned: Planned, version: str) -> Artifacts:
        import json

        layout, iteration = self.session.layout, planned.iteration
        description = planned.heading.name.partition("_")[2]
        updates = planned.wanted.busm_updates
        flagged = json.dumps(updates, indent=2, ensure_ascii=False) + "\n" if updates else None
        return Artifacts(
            iteration,
            Artifact(layout.migration(version, iteration, description), planned.migration),
            Artifact(layout.rollback(iteration), planned.rollback),
            Artifact(layout.snapshot(iteration), dumps(planned.snapshot)),
            Artifact(layout.types(iteration), typescript(planned.snapshot.schema)),
            flagged,
        )

    def _apply(
        self, connection: Connection, planned: Planned, artifacts: Artifacts, version: str, workspace: str
    ) -> None:
        from dbgen.commands.application import keep_failed
        from dbgen.database.apply import Step, apply_step
        from dbgen.database.script import split

        session = self.session
        session.world.progress.step(f"apply iteration {planned.iteration}")
        step = Step(
            planned.iteration,
            version,
            planned.heading.name,
            planned.heading.module,
            artifacts.migration.text,
            split(artifacts.migration.text),
            artifacts.rollback.text,
            artifacts.snapshot.text,
            artifacts.types.text,
            {"counts": dict(planned.plan.counts)},
            GENERATOR,
        )
        with keep_failed(session, planned.iteration, step.migration, step.rollback) as rollback_path:
            apply_step(
                connection,
                step,
                workspace_id=workspace,
                applied_by=session.world.who,
                rollback_path=rollback_path,
            )
