"""`apply`: brings a database that is behind the files up to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dbgen.commands.context import World
from dbgen.commands.history_check import refuse_other_story
from dbgen.commands.proving import prove_texts
from dbgen.commands.results import Applied, Step
from dbgen.commands.session import GENERATOR, Session, open_session
from dbgen.errors import DbgenError, Declined, InputError, WorkError
from dbgen.model.snapshot import Snapshot
from dbgen.plan import Plan, make_plan
from dbgen.render.migration import in_words
from dbgen.workspace.identity import read_identity
from dbgen.workspace.state import FilesState, artifact_text, load_snapshot, read_state

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
        plan = _plan(session, iteration)[1]
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


def _plan(session: Session, iteration: int) -> tuple[Snapshot, Plan]:
    before = load_snapshot(session.layout, iteration - 1)
    after = load_snapshot(session.layout, iteration)
    return before, make_plan(before.schema, after.schema, after.decisions, iteration=iteration)


def _apply_files(
    session: Session, connection: Connection, state: FilesState, iteration: int, *, verify: bool
) -> None:
    from dbgen.database import apply as database
    from dbgen.database.preflight import check_size
    from dbgen.database.script import split

    layout, migration = session.layout, state.migration(iteration)
    before, plan = _plan(session, iteration)
    text = artifact_text(layout, migration.path)
    rollback = artifact_text(layout, layout.rollback(iteration))
    check_size(connection, plan.locks)
    if verify:
        prove_texts(session, before.schema, plan.after, text, rollback)
    session.world.progress.step(f"apply iteration {iteration}")
    step = database.Step(
        iteration,
        migration.version,
        migration.path.stem.removeprefix(f"{migration.version}_"),
        ", ".join(module.module for module in load_snapshot(layout, iteration).modules),
        text,
        split(text),
        rollback,
        artifact_text(layout, layout.snapshot(iteration)),
        artifact_text(layout, layout.types(iteration)),
        {"counts": dict(plan.counts)},
        GENERATOR,
    )
    database.apply_step(
        connection,
        step,
        workspace_id=_identity(session),
        applied_by=session.world.who,
        rollback_path=layout.name(layout.rollback(iteration)),
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
