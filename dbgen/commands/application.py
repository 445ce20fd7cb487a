"""`apply`: brings a database that is behind the files up to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbgen.commands.adopting import refuse_other_tables
from dbgen.commands.answering import unanswered_tables
from dbgen.commands.by_hand import follow
from dbgen.commands.catching_up import caught_up
from dbgen.commands.conflicts import STOP, checked_mode, look_ahead, settled
from dbgen.commands.context import World
from dbgen.commands.dependents import refuse_dependents
from dbgen.commands.failed import keep_failed
from dbgen.commands.history_check import refuse_other_story
from dbgen.commands.proving import ON_THROWAWAY, prove_texts
from dbgen.commands.results import Applied, Step
from dbgen.commands.seen_drift import drift_of
from dbgen.commands.session import Session, open_session
from dbgen.commands.staying import what_stayed
from dbgen.commands.steps import file_step, recorded_plan
from dbgen.commands.switching import Switch
from dbgen.errors import Declined, InputError, WorkError
from dbgen.model.requests import Notice
from dbgen.plan.adoption import foundation
from dbgen.render.migration import in_words
from dbgen.workspace.identity import read_identity
from dbgen.workspace.state import FilesState, artifact_text, load_snapshot, read_state

if TYPE_CHECKING:
    from dbgen.database.connection import Connection


def apply(
    world: World,
    *,
    to: int | None = None,
    yes: bool = False,
    verify: bool = True,
    on_conflict: str = STOP,
    switch: bool = False,
) -> Applied:
    """Applies the iterations that the files have and the database has not, one transaction each; with
    `switch`, a database that took another way goes back to the last common iteration first.

    Raises STATE_MISMATCH when the database took another way, INVALID_ITERATION for a `to` that there is
    not; a failure leaves the iterations before it applied.
    """
    from dbgen.database.ledger import read_ledger

    session, mode = open_session(world), checked_mode(on_conflict)
    label = session.target.label
    with session.alone("apply") as recovered, session.connected() as connection:
        state, ledger = read_state(session.layout), read_ledger(connection, texts=False)
        state, moved = follow(session, connection, state, ledger)
        way = Switch(session, connection, state, ledger) if switch else None
        current = way.common if way else ledger.current
        undone = way.undone if way else ()
        if not undone:
            refuse_other_story(session, state, ledger)
            ledger = caught_up(session, connection, state, ledger)
            current = ledger.current
        drift_of(session, connection).refuse(label)
        goal = _goal(to, state, current)
        steps, said = planned_steps(session, state, current, goal), list[Notice]()
        if steps or undone:
            session.confirm_target()
            if not yes and not world.questions.proceed_apply((*undone, *steps), label):
                raise Declined
        if way is not None:
            said += way.run(mode)
        if steps:
            said += bring_up(session, connection, state, current, goal, verify=verify, mode=mode)
            before, after = (load_snapshot(session.layout, n).schema for n in (current, goal))
            said += unanswered_tables(session, before, after)
        recovered = (*recovered, *moved)
        return Applied(goal, ledger.current, label, steps, recovered, undone, tuple(said))


def _goal(to: int | None, state: FilesState, current: int) -> int:
    goal = state.current if to is None else to
    if not current <= goal <= state.current:
        raise InputError(
            "INVALID_ITERATION",
            f"Iteration {goal} cannot be applied. Current state is iteration {current}",
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
    current: int,
    goal: int,
    *,
    verify: bool,
    mode: str = STOP,
) -> tuple[Notice, ...]:
    """Applies the files' iterations up to `goal`, each proven before unless `verify` is off; says what became
    of rows in their way.
    """
    said: list[Notice] = []
    for iteration in range(current + 1, goal + 1):
        said += _apply_files(session, connection, state, iteration, verify=verify, mode=mode)
    return tuple(said)


def _apply_files(
    session: Session, connection: Connection, state: FilesState, iteration: int, *, verify: bool, mode: str
) -> tuple[Notice, ...]:
    from dbgen.database.apply import apply_step
    from dbgen.database.preflight import check_size

    before, after, plan = recorded_plan(session, iteration)
    step = file_step(session, state, iteration)
    check_size(connection, plan.locks)
    refuse_other_tables(session, connection, before.schema, after)
    refuse_dependents(session, connection, plan.operations, before.schema)
    mode, said = look_ahead(session, connection, plan.operations, mode)
    if verify:
        ground = foundation(before.schema, after.schema, after.decisions.adopted)
        with keep_failed(session, iteration, step.migration, step.rollback):
            texts = step.migration, step.rollback
            proof = prove_texts(
                session, ground, after.schema, *texts, decisions=after.decisions, target=connection
            )
        if not proof.startswith(ON_THROWAWAY):
            said = (*said, Notice(f"Iteration {iteration}: {proof}", "notice", "PROOF"))
    session.world.progress.step(f"apply iteration {iteration}")
    workspace, path = _identity(session), session.layout.name(session.layout.rollback(iteration))
    who = session.world.who
    settled(
        session,
        mode,
        lambda chosen: apply_step(
            connection, step, workspace_id=workspace, applied_by=who, rollback_path=path, on_conflict=chosen
        ),
    )
    return (*said, *what_stayed(connection, iteration, "rollback"))


def _identity(session: Session) -> str:
    identity = read_identity(session.layout)
    if identity is None:
        raise WorkError(
            "STATE_CORRUPT",
            f"{session.layout.name(session.layout.identity)} is missing",
            hint="Bring it back from version control: it says whose the database is.",
        )
    return identity
