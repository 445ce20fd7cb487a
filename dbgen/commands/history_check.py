"""Whether the files and the database tell the same story."""

from __future__ import annotations

import hashlib

from dbgen.commands.session import Session
from dbgen.database.ledger import Ledger, LedgerRow
from dbgen.errors import Place, WorkError
from dbgen.model.requests import Notice
from dbgen.workspace.files import corrupt
from dbgen.workspace.state import FilesState, artifact_text

#: For a workspace that never made an iteration beside a database that has some.
RESTORE_HINT = ".pipeline/database was lost, `dbgen status --restore` brings it back from the database."


def md5(text: str) -> str:
    """As PostgreSQL's md5() gives it for the text in UTF-8."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def unpushed(session: Session, state: FilesState, ledger: Ledger) -> tuple[Notice, ...]:
    """A warning where the Supabase CLI's folder has migrations of others that the database has not:
    `supabase db push` wants them in the order of their versions.
    """
    folder = session.root / "supabase/migrations"
    if session.target.kind == "embedded" or session.layout.migrations_folder.resolve() != folder.resolve():
        return ()
    own = {migration.version for migration in state.migrations}
    missing = sorted(set(state.versions) - own - set(ledger.versions))
    if not missing:
        return ()
    return (
        Notice(
            f"supabase/migrations/ has what {session.target.label} has not: {', '.join(missing)}. Run "
            "`supabase db push` first; after this iteration it asks for --include-all",
            code="NOT_PUSHED",
            details=tuple((version, "") for version in missing),
        ),
    )


def refuse_other_story(session: Session, state: FilesState, ledger: Ledger) -> int:
    """How many iterations the database is behind the files.

    Raises STATE_MISMATCH when it is ahead, belongs to another workspace or tells another story;
    MIGRATION_EDITED when a file is not what was applied, STATE_CORRUPT when one is missing.
    """
    refuse_stranger(session, ledger)
    if state.missing:
        raise corrupt(session.layout.name(state.missing[0]), "is missing")
    differing = differing_iterations(session, state, ledger)
    if differing:
        listed = ", ".join(map(str, differing))
        lost = f"If {RESTORE_HINT} Else " if not state.migrations else ""
        raise WorkError(
            "STATE_MISMATCH",
            f"{session.target.label} and the files differ in iteration {listed}",
            hint=f"{lost}`dbgen apply --switch` takes the database back to iteration {differing[0] - 1} from "
            "its own ledger, with every row kept, and then brings it up with the files.",
            details={"iterations": list(differing), "database": ledger.current, "files": state.current},
        )
    edited = edited_files(session, state, ledger)
    if edited:
        raise migration_edited(edited[0])
    return state.current - ledger.current


def differing_iterations(session: Session, state: FilesState, ledger: Ledger) -> tuple[int, ...]:
    """The iterations that the database has and the files have not, or have another of."""
    return tuple(row.iteration for row in ledger.rows if not same_story(session, state, row))


def same_story(session: Session, state: FilesState, row: LedgerRow) -> bool:
    """Whether the files' iteration of that number is the ledger's. Two that were made in the same second have
    one version: another migration with another snapshot is no edited one.
    """
    found = next((one for one in state.migrations if one.iteration == row.iteration), None)
    if found is None or found.version != row.version:
        return False
    layout, digests = session.layout, row.digests
    snapshot, migration = layout.snapshot(row.iteration), found.path
    if not snapshot.is_file() or md5(artifact_text(layout, snapshot)) == digests.snapshot:
        return True
    return md5(artifact_text(layout, migration)) == digests.migration


def edited_files(session: Session, state: FilesState, ledger: Ledger) -> tuple[str, ...]:
    """The migration and rollback files that are not what the ledger holds, by name."""
    layout = session.layout
    result = []
    for row in ledger.rows:
        if row.iteration in state.iterations:
            migration = state.migration(row.iteration).path
            pairs = (
                (migration, row.digests.migration),
                (layout.rollback(row.iteration), row.digests.rollback),
            )
            result += [layout.name(p) for p, digest in pairs if md5(artifact_text(layout, p)) != digest]
    return tuple(result)


def migration_edited(name: str) -> WorkError:
    """MIGRATION_EDITED for a file."""
    return WorkError(
        "MIGRATION_EDITED",
        f"{name} was changed after it was applied",
        hint="Bring it back from version control; to change the database, make another iteration.",
        place=Place(name),
    )


def rollback_edited(session: Session, row: LedgerRow) -> bool:
    """Whether the rollback script's file, where there is one, is not what the ledger holds."""
    path = session.layout.rollback(row.iteration)
    return path.is_file() and md5(artifact_text(session.layout, path)) != row.digests.rollback


def refuse_stranger(session: Session, ledger: Ledger) -> None:
    """Raises STATE_MISMATCH for a database that belongs to another workspace."""
    from dbgen.workspace.identity import read_identity

    owner, ours = ledger.workspace_id, read_identity(session.layout)
    if owner is None or not ledger.rows or owner == ours:
        return
    hint = "Use a database of its own for each workspace."
    if ours is None:
        hint = f"If {RESTORE_HINT} Else use a database of its own for each workspace."
    raise WorkError(
        "STATE_MISMATCH",
        f"{session.target.label} belongs to another dbgen workspace",
        hint=hint,
        details={"database": owner},
    )
