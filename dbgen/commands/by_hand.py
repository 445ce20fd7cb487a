"""Iterations that somebody took back with their rollback scripts alone: the files follow."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from dbgen.commands.session import Session
from dbgen.workspace.artifacts import Intent, publish, retired, stage
from dbgen.workspace.identity import read_identity
from dbgen.workspace.state import FilesState, read_state

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.ledger import Ledger


def undone_by_hand(session: Session, state: FilesState, ledger: Ledger) -> tuple[int, ...]:
    """The iterations, newest first, that the files have and that a script took out of this database's ledger.

    The ledger marks what anything but dbgen takes out of it, so that a colleague's iteration, which was never
    there, is told apart.
    """
    if not _ours(session, ledger):
        return ()
    found: list[int] = []
    for iteration in range(state.current, ledger.current, -1):
        if state.migration(iteration).version not in ledger.undone:
            break
        found.append(iteration)
    return tuple(found)


def left_marked(session: Session, state: FilesState, ledger: Ledger) -> tuple[str, ...]:
    """The versions so marked that the files do not have: those of a run that was killed when it had moved
    the files.
    """
    if not _ours(session, ledger):
        return ()
    return tuple(sorted(ledger.undone - {migration.version for migration in state.migrations}))


def _ours(session: Session, ledger: Ledger) -> bool:
    return ledger.workspace_id is not None and ledger.workspace_id == read_identity(session.layout)


def follow(
    session: Session, connection: Connection, state: FilesState, ledger: Ledger
) -> tuple[FilesState, tuple[str, ...]]:
    """Moves the files of such iterations to the history; gives the state since, and what was done."""
    from dbgen.database.ledger import forget_undone

    iterations = undone_by_hand(session, state, ledger)
    marked = left_marked(session, state, ledger)
    if not iterations and not marked:
        return state, ()
    for iteration in iterations:
        publish(stage(session.layout, None, _intent(session, state, iteration)))
    with connection.transaction():
        versions = [state.migration(iteration).version for iteration in iterations]
        forget_undone(connection, [*versions, *marked])
    said = tuple(
        f"Iteration {iteration} was rolled back by its script; its files are in the history now."
        for iteration in iterations
    )
    return read_state(session.layout), said


def _intent(session: Session, state: FilesState, iteration: int) -> Intent:
    migration, config = state.migration(iteration), session.config
    return Intent(
        "rollback",
        uuid.uuid4().hex,
        iteration,
        migration.version,
        session.identity(),
        awaits_commit=False,
        retires=retired(session.layout, migration),
        keep_history=config.keep_history,
        max_history=config.max_history_count,
        target=session.fingerprint,
    )
