"""`status --restore`: artifacts that are lost or edited, brought back from the database's ledger."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from dbgen.commands.history_check import refuse_stranger
from dbgen.commands.session import Session
from dbgen.errors import WorkError
from dbgen.workspace.artifacts import Artifact, Artifacts, Intent, publish, stage
from dbgen.workspace.leftovers import keep_text
from dbgen.workspace.state import list_files

if TYPE_CHECKING:
    from dbgen.database.ledger import Ledger, LedgerRow


def restore_files(session: Session) -> tuple[str, ...]:
    """The names of the files that came back, byte for byte. What stood in their place is kept in the backups.

    Raises `WorkError` STATE_MISMATCH for a database of another workspace, or with another story.
    """
    from dbgen.database.ledger import read_ledger

    with session.connected() as connection:
        ledger = read_ledger(connection)
    if not ledger.rows or ledger.workspace_id is None:
        return ()
    lost_identity = _has_no_identity(session)
    if not lost_identity:
        refuse_stranger(session, ledger)
    _refuse_other_story(session, ledger)
    restored = [_restored_identity(session, ledger.workspace_id)] if lost_identity else []
    for row in ledger.rows:
        restored += _restore(session, row, ledger.workspace_id)
    return tuple(restored)


def _has_no_identity(session: Session) -> bool:
    """Whether there is no `workspace.json`, or one that holds no id."""
    from dbgen.workspace.identity import read_identity

    try:
        return read_identity(session.layout) is None
    except WorkError:
        return True


def _restored_identity(session: Session, workspace: str) -> str:
    from dbgen.workspace.identity import identity_text

    layout, path = session.layout, session.layout.identity
    if path.is_file():
        keep_text(layout, layout.backups, path.name, path.read_bytes().decode("utf-8", "replace"))
    keep_text(layout, path.parent, path.name, identity_text(workspace))
    return layout.name(path)


def _refuse_other_story(session: Session, ledger: Ledger) -> None:
    versions = {row.iteration: row.version for row in ledger.rows}
    for migration in list_files(session.layout).migrations:
        if versions.get(migration.iteration, migration.version) != migration.version:
            raise WorkError(
                "STATE_MISMATCH",
                f"{session.layout.name(migration.path)} is another iteration {migration.iteration} than the "
                "database's",
                hint="`dbgen apply --switch` brings the database to the files; without that file, "
                "`dbgen status --restore` brings the files to the database.",
            )


def _restore(session: Session, row: LedgerRow, workspace: str) -> list[str]:
    layout, texts = session.layout, row.texts
    assert texts is not None
    artifacts = Artifacts(
        row.iteration,
        Artifact(layout.inside(layout.migrations_folder / f"{row.version}_{row.name}.sql"), texts.migration),
        Artifact(layout.rollback(row.iteration), texts.rollback),
        Artifact(layout.snapshot(row.iteration), texts.snapshot),
        Artifact(layout.types(row.iteration), texts.types),
    )
    wanted = (artifacts.migration, artifacts.rollback, artifacts.snapshot, artifacts.types)
    differing = [one for one in wanted if _text(one) != one.text]
    if not differing:
        return []
    for one in differing:
        if one.path.is_file():
            keep_text(layout, layout.backups, one.path.name, _text(one) or "")
    intent = Intent(
        "restore",
        uuid.uuid4().hex,
        row.iteration,
        row.version,
        workspace,
        awaits_commit=False,
        target=session.fingerprint,
    )
    publish(stage(layout, artifacts, intent))
    return [layout.name(one.path) for one in differing]


def _text(artifact: Artifact) -> str | None:
    if not artifact.path.is_file():
        return None
    return artifact.path.read_bytes().decode("utf-8", "replace")
