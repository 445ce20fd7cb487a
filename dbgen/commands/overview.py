"""`status`: one screen about files, database and what is pending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from dbgen.commands.by_hand import follow, left_marked, undone_by_hand
from dbgen.commands.catching_up import notice, pushed
from dbgen.commands.context import World
from dbgen.commands.drift import Drift
from dbgen.commands.generating import Selection
from dbgen.commands.history_check import RESTORE_HINT, differing_iterations, edited_files
from dbgen.commands.questions import Questions
from dbgen.commands.remembered import plan_key, recalled_pending, remember_pending
from dbgen.commands.results import Status
from dbgen.commands.seen_drift import drift_of
from dbgen.commands.session import Session, open_session
from dbgen.errors import DbgenError, WorkError
from dbgen.model.snapshot import Snapshot
from dbgen.values import dataclass, replace
from dbgen.workspace.identity import read_identity
from dbgen.workspace.state import FilesState, glance

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.ledger import Ledger


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look at the database gave; without `ledger` there was none."""

    state: FilesState
    database: str
    moved: tuple[str, ...] = ()
    ledger: Ledger | None = None
    version: str | None = None
    drift: Drift | None = None
    archive: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def status(world: World, *, restore: bool = False) -> Status:
    """Where the workspace and its database stand. An embedded server that does not run is not started, unless
    with `restore`, which first brings lost files back from the ledger.

    Raises only for a workspace that cannot be read; a database that cannot be reached is in the result.
    """
    session = open_session(world)
    recovered, locked_by = _recovered(session)
    restored: tuple[str, ...] = ()
    if restore:
        from dbgen.commands.restoring import restore_files

        with session.alone("status"):
            restored = restore_files(session)
    seen = _look(session, glance(session.layout))
    state = seen.state
    result = Status(
        iteration=state.current,
        workspace=str(session.root),
        target=session.target.label,
        database=seen.database,
        database_iteration=None,
        server_version=seen.version,
        artifacts=_artifacts(session, state),
        archive=seen.archive,
        restored=restored,
        findings=(*(f"{session.layout.name(path)} is missing" for path in state.missing), *seen.findings),
        notices=(*locked_by, *seen.notices),
        recovered=(*recovered, *seen.moved),
        **_asked(session, state),
    )
    return _with_ledger(session, seen, result)


def _recovered(session: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        with session.alone("status") as recovered:
            return recovered, ()
    except WorkError as error:
        if error.code not in ("LOCKED", "CONNECTION_ERROR"):
            raise
        return (), (error.message,)


def _artifacts(session: Session, state: FilesState) -> dict[str, str]:
    if not state.current:
        return {}
    layout, n = session.layout, state.current
    paths = {
        "migration": state.migration(n).path,
        "rollback": layout.rollback(n),
        "snapshot": layout.snapshot(n),
        "types": layout.types(n),
    }
    return {kind: layout.name(path) for kind, path in paths.items() if path.is_file()}


def relaxed(snapshot: Snapshot) -> tuple[str, ...]:
    """The columns that are required and still nullable."""
    nullable = {(t.name, c.name) for t in snapshot.schema.tables for c in t.columns if c.nullable}
    wanted = {
        (entity.table, asked.column.name)
        for module in snapshot.modules
        for entity in module.entities
        for asked in entity.fields
        if not asked.column.nullable
    }
    return tuple(f"{table}.{column}" for table, column in sorted(wanted & nullable))


def _look(session: Session, state: FilesState) -> _Seen:
    if session.target.kind == "embedded":
        from dbgen.database.embedded import embedded

        server = embedded(session.root)
        if not server.running():
            if server.exists():
                return _Seen(state, "stopped; it starts by itself when needed")
            behind = ("the database has none of the iterations yet: run `dbgen apply`",)
            return _Seen(state, "not made yet", notices=behind if state.current else ())
    try:
        with session.connected() as connection:
            return _seen(session, state, connection)
    except WorkError as error:
        found = "unreachable" if error.code == "CONNECTION_ERROR" else "reachable, but not readable"
        return _Seen(state, found, findings=(f"{error.message} {error.hint or ''}".strip(),))


def _seen(session: Session, state: FilesState, connection: Connection) -> _Seen:
    from dbgen.database.archive import counts
    from dbgen.database.ledger import read_ledger

    ledger, moved = read_ledger(connection, texts=False), tuple[str, ...]()
    if undone_by_hand(session, state, ledger) or left_marked(session, state, ledger):
        with session.alone("status"):
            state, moved = follow(session, connection, state, ledger)
    version = f"{connection.version // 10000}.{connection.version % 10000}"
    drift = drift_of(session, connection)
    return _Seen(state, "reachable", moved, ledger, version, drift, counts(connection))


def _with_ledger(session: Session, seen: _Seen, result: Status) -> Status:
    ledger, state = seen.ledger, seen.state
    if ledger is None or seen.drift is None:
        return result
    came, findings = _pushed(session, state, ledger)
    return replace(
        result,
        database_iteration=ledger.current + len(came),
        findings=(*result.findings, *findings, *seen.drift.differences),
        drifted=bool(seen.drift.differences),
        notices=(*result.notices, *_notices(state, ledger, came), *seen.drift.added),
    )


def _pushed(session: Session, state: FilesState, ledger: Ledger) -> tuple[tuple[int, ...], list[str]]:
    """The iterations that the Supabase CLI's history alone has, and what is wrong with the database."""
    findings = _findings(session, state, ledger)
    try:
        return pushed(state, ledger), findings
    except WorkError as error:
        return (), [*findings, error.message]


def _findings(session: Session, state: FilesState, ledger: Ledger) -> list[str]:
    if ledger.rows and read_identity(session.layout) is None:
        return [f"The files hold no iteration, and the database does. If {RESTORE_HINT}"]
    differing = differing_iterations(session, state, ledger)
    found = [
        f"iteration {n} of the database is not the one in the files: see `dbgen apply --switch`"
        for n in differing
    ]
    if not differing:
        found += [f"{name} was changed after it was applied" for name in edited_files(session, state, ledger)]
    return found


def _notices(state: FilesState, ledger: Ledger, came: tuple[int, ...]) -> list[str]:
    behind = state.current - ledger.current - len(came)
    said = [notice(came)] if came else []
    if behind > 0:
        said.append(f"the database is {behind} iteration(s) behind the files: run `dbgen apply`")
    return said


def _asked(session: Session, state: FilesState) -> dict[str, Any]:
    """What the files leave to be done: `pending` or `pending_error`, and `relaxed`; worked out once for the
    same files. Raises STATE_CORRUPT for a last snapshot that cannot be read.
    """
    key = plan_key(session, state, Selection())
    known = recalled_pending(session, key)
    if known is not None:
        return {"pending": known["pending"], "relaxed": tuple(known["relaxed"])}
    from dbgen.commands.planning import plan_next

    found: dict[str, Any] = {"relaxed": relaxed(state.snapshot)}
    quiet = replace(session, world=replace(session.world, questions=Questions()))
    try:
        planned = plan_next(quiet, state, Selection())
    except DbgenError as error:
        return {**found, "pending_error": f"{error.place or ''} {error.message}".strip()}
    found["pending"] = {kind: n for kind, n in planned.plan.counts.items() if n}
    remember_pending(session, key, found)
    return found
