"""`apply`: brings a database that is behind the files up to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dbgen.commands.adopting import refuse_other_tables
from dbgen.commands.catching_up import caught_up
from dbgen.commands.context import World
from dbgen.commands.history_check import refuse_other_story
from dbgen.commands.proving import prove_texts
from dbgen.commands.results import Applied, Step
from dbgen.commands.session import Session, open_session
from dbgen.commands.steps import file_step, recorded_plan
from dbgen.errors import DbgenError, Declined, InputError, WorkError
from dbgen.plan.adoption import foundation
from dbgen.render.migration import in_words
from dbgen.workspace.identity import read_identity
from dbgen.workspace.state import FilesState, artifact_text, read_state

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.ledger import Ledger


def apply(world: World, *, to: int | None = None, yes: bool = False, verify: bool = True) -> Applied:
    """Applies the iterations that the files have and the database has not, one transaction each.

    Raises STATE_MISMATCH when the database took another way, INVALID_ITERATION for a `to` that there is
    not; a failure leaves the iterations before it applied.
    """
    from dbgen.database.ledger import read_ledger

    session = open_session(world)
    with session.alone("apply") as recovered, session.connected() as connection:
        state = read_state(session.layout)
        ledger = read_ledger(connection, texts=False)
        refuse_other_story(session, state, ledger)
        ledger = caught_up(session, connection, state, ledger)
        goal = _goal(to, state, ledger)
        steps = planned_steps(session, state, ledger.current, goal)
        if steps:
            session.confirm_target()
            if not yes and not world.questions.proceed_apply(steps, session.target.label):
                raise Declined
            bring_up(session, connection, state, ledger, goal, verify=verify)
        label = session.target.label
        return Applied(max(goal, ledger.current), ledger.current, label, steps, recovered)


def _goal(to: int | None, state: FilesState, ledger: Ledger) -> int:
    goal = state.current if to is None else to
    if not ledger.current <= goal <= state.current:
        raise InputError(
            "INVALID_ITERATION",
            f"Iteration {goal} cannot be applied. Current state is iteration {ledger.current}",
            hint=f"The files go up to iteration {state.current}; `dbgen rollback` goes back.",
        )
    return goal


def planned_steps(session: Session, state: FilesState, current: int, goal: int) -> tuple[Step, ...]:
    """The iterations after `current` up to `goal`, as results show them."""
    layout = session.layout
    steps = []
    for iteration in range(current + 1, goal + 1):
        path = state.migration(iteration).path
        _, _, plan = recorded_plan(session, iteration)
        steps.append(Step(iteration, layout.name(path), artifact_text(layout, path), (in_words(plan),)))
    return tuple(steps)


def bring_up(
    session: Session,
    connection: Connection,
    state: FilesState,
    ledger: Ledger,
    goal: int,
    *,
    verify: bool,
) -> None:
    """Applies the files' iterations up to `goal`, each proven before unless `verify` is off."""
    for iteration in range(ledger.current + 1, goal + 1):
        _apply_files(session, connection, state, iteration, verify=verify)


def _apply_files(
    session: Session, connection: Connection, state: FilesState, iteration: int, *, verify: bool
) -> None:
    from dbgen.database.apply import apply_step
    from dbgen.database.preflight import check_size

    before, after, plan = recorded_plan(session, iteration)
    step = file_step(session, state, iteration)
    check_size(connection, plan.locks)
    refuse_other_tables(session, connection, before.schema, after)
    if verify:
        ground = foundation(before.schema, after.schema, after.decisions.adopted)
        prove_texts(session, ground, after.schema, step.migration, step.rollback)
    session.world.progress.step(f"apply iteration {iteration}")
    apply_step(
        connection,
        step,
        workspace_id=_identity(session),
        applied_by=session.world.who,
        rollback_path=session.layout.name(session.layout.rollback(iteration)),
    )


def _identity(session: Session) -> str:
    identity = read_identity(session.layout)
    if identity is None:
        raise WorkError(
            "STATE_CORRUPT",
            f"{session.layout.name(session.layout.identity)} is missing",
            hint="Bring it back from version control: it says whose the database is.",
        )
    return identity


@contextmanager
def keep_failed(session: Session, iteration: int, migration: str, rollback: str) -> Iterator[str]:
    """Leaves the SQL of a run that fails in `.pipeline/database/failed/`; gives the rollback's path there."""
    folder: Path = session.layout.failed
    paths = {
        folder / f"iteration-{iteration}.sql": migration,
        folder / f"rollback-iteration-{iteration}.sql": rollback,
    }
    try:
        yield session.layout.name(list(paths)[1])
    except DbgenError as error:
        if error.code in ("MIGRATION_FAILED", "PROOF_FAILED"):
            folder.mkdir(parents=True, exist_ok=True)
            for path, text in paths.items():
                path.write_text(text, encoding="utf-8")
        raise
