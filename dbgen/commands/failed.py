"""What a failure leaves behind to be looked at: the SQL that failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dbgen.commands.session import Session
from dbgen.errors import DbgenError


@contextmanager
def keep_failed(session: Session, iteration: int, migration: str, rollback: str) -> Iterator[str]:
    """Leaves the SQL of a run that fails in `.pipeline/database/failed/`; gives the rollback's path there.

    PROOF_FAILED, which knows of no files, says where it lies.
    """
    folder = session.layout.failed
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
        if error.code == "PROOF_FAILED":
            names = " and ".join(session.layout.name(path) for path in paths)
            error.message = f"{error.message.rstrip('.')}. Nothing was changed; the SQL is in {names}"
        raise
