"""`history` and `diff`: who made what when, and what differs, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbgen.commands.context import World
from dbgen.commands.generating import Selection
from dbgen.commands.planning import plan_next
from dbgen.commands.results import Difference, History, HistoryEntry
from dbgen.commands.session import Session, open_session
from dbgen.commands.words import changes_in_words
from dbgen.errors import InputError, WorkError
from dbgen.model.schema import Schema
from dbgen.workspace.state import FilesState, load_snapshot, read_state

if TYPE_CHECKING:
    from dbgen.database.ledger import LedgerRow


def history(world: World) -> History:
    """The iterations, oldest first, with what the database's ledger knows of them where it can be reached."""
    session = open_session(world)
    state = read_state(session.layout)
    rows = _rows(session)
    entries = []
    before = Schema()
    for iteration in range(1, state.current + 1):
        snapshot = load_snapshot(session.layout, iteration)
        migration, row = state.migration(iteration), rows.get(iteration)
        known = row if row is not None and row.version == migration.version else None
        entries.append(
            HistoryEntry(
                iteration,
                session.layout.name(migration.path),
                known.module if known else ", ".join(module.module for module in snapshot.modules),
                known.applied_at.isoformat(timespec="seconds") if known else None,
                known.applied_by if known else None,
                known.generator if known else None,
                changes_in_words(before, snapshot.schema),
            )
        )
        before = snapshot.schema
    return History(state.current, tuple(entries))


def _rows(session: Session) -> dict[int, LedgerRow]:
    """The ledger by iteration; empty when the database cannot be reached or was never made."""
    if session.target.kind == "embedded":
        from dbgen.database.embedded import embedded

        if not embedded(session.root).exists():
            return {}
    from dbgen.database.ledger import read_ledger

    try:
        with session.connected() as connection:
            return {row.iteration: row for row in read_ledger(connection, texts=False).rows}
    except WorkError:
        return {}


def diff(world: World, *, old: int | None = None, new: int | None = None) -> Difference:
    """What differs between two iterations; without `new` between `old` (or the last one) and the inputs."""
    session = open_session(world)
    state = read_state(session.layout)
    start = state.current if old is None else old
    before = _schema(session, state, start)
    if new is not None:
        after, name = _schema(session, state, new), f"iteration {new}"
    elif old is not None and old != state.current:
        after, name = state.snapshot.schema, f"iteration {state.current}"
    else:
        after, name = plan_next(session, state, Selection()).snapshot.schema, "the inputs"
    return Difference(state.current, f"iteration {start}", name, changes_in_words(before, after))


def _schema(session: Session, state: FilesState, iteration: int) -> Schema:
    if not 0 <= iteration <= state.current:
        raise InputError(
            "INVALID_ITERATION",
            f"There is no iteration {iteration}. Current state is iteration {state.current}",
        )
    if iteration == state.current:
        return state.snapshot.schema
    return load_snapshot(session.layout, iteration).schema
