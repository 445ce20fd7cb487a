"""Files that appear all together, and only when the database has committed.

A run is staged (complete, flushed), the database commits, the run is published: renames that can be done
again from the start at any moment. What a killed run leaves is `pending`, and `settle` ends it.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path

from dbgen.errors import WorkError
from dbgen.values import dataclass
from dbgen.workspace import manifest as manifests
from dbgen.workspace.files import (
    corrupt,
    digest,
    encoded,
    guarded,
    make_folder,
    move,
    remove_folder,
    sync_folder,
    write_flushed,
)
from dbgen.workspace.gitignore import ensure_ignored
from dbgen.workspace.history import free_folder, prune
from dbgen.workspace.identity import identity_text, read_identity
from dbgen.workspace.manifest import Kind, Manifest, Rename, Staged
from dbgen.workspace.paths import Layout
from dbgen.workspace.state import MigrationFile

_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file to be."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Artifacts:
    """All that an iteration writes. `busm_updates` None: there is nothing to flag."""

    iteration: int
    migration: Artifact
    rollback: Artifact
    snapshot: Artifact
    types: Artifact
    busm_updates: str | None = None


@dataclass(frozen=True, slots=True)
class Retired:
    """An iteration that is rolled back, with the files that it had."""

    iteration: int
    version: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Intent:
    """What a run is about.

    `run` is an id of its own, which the database's ledger holds once it has committed; `target` is the
    fingerprint of that database. `awaits_commit` is False where no database is involved (`--no-apply`).
    `retires` is the iteration whose files go: one that is rolled back, or the old one of `--redo`.
    """

    kind: Kind
    run: str
    iteration: int
    version: str
    workspace: str
    awaits_commit: bool = True
    retires: Retired | None = None
    keep_history: bool = True
    max_history: int = 10
    target: str | None = None


def retired(layout: Layout, migration: MigrationFile) -> Retired:
    """An iteration's files, as far as they are there."""
    n = migration.iteration
    paths = (migration.path, layout.rollback(n), layout.snapshot(n), layout.types(n))
    return Retired(n, migration.version, tuple(path for path in paths if path.is_file()))


def stage(layout: Layout, artifacts: Artifacts | None, intent: Intent) -> Staged:
    """Writes the run, complete and flushed, into its staging folder; nothing is visible yet.

    Raises `WorkError` MIGRATION_FAILED when the disk is full or a place cannot be written, now or later at
    the publishing; then the staging folder is gone again, and the database is still as it was. Raises
    `ValueError` for a run id that is none, or is in use.
    """
    if not _RUN.fullmatch(intent.run):
        raise ValueError(f"no run id: {intent.run!r}")
    folder = layout.inside(layout.staging / intent.run)
    if folder.exists():
        raise ValueError(f"staged already: {intent.run!r}")
    ensure_ignored(layout)
    what = "The files of this run cannot be written, and nothing was changed"
    try:
        with guarded("MIGRATION_FAILED", what, "run it again", folder):
            return _stage(layout, folder, artifacts, intent)
    except WorkError:
        remove_folder(folder)
        raise


def publish(staged: Staged) -> None:
    """Puts a run's files in place, after the database's commit. What is in place already is left.

    Raises `WorkError` STATE_MISMATCH when a place cannot be written (the next run finishes it), STATE_CORRUPT
    when a staged file was changed.
    """
    run = staged.manifest
    if run is None or not (staged.folder / manifests.FILE).exists():
        return
    what = "The database has committed, but the files are not all in place"
    with guarded("STATE_MISMATCH", what, "run any dbgen command: it finishes this", staged.folder):
        write_flushed(staged.folder / manifests.MARK, b"")
        sync_folder(staged.folder)
        for rename in run.renames:
            _put(staged, rename)
        _sync_parents(rename.target for rename in run.renames)
        for path in run.removes:
            path.unlink(missing_ok=True)
        _sync_parents(run.removes)
        if run.keep is not None:
            prune(staged.layout, run.keep)
        _clear(staged.folder)


def discard(staged: Staged) -> None:
    """Takes a run back that the database did not commit. Raises `WorkError` STATE_CORRUPT when it stays."""
    what = "An unfinished run cannot be cleared away"
    with guarded("STATE_CORRUPT", what, "run it again", staged.folder):
        _clear(staged.folder)


def pending(layout: Layout) -> tuple[Staged, ...]:
    """The runs that were killed, oldest first. Only the holder of the workspace's lock may settle them:
    without it, one of them may be another process at work.
    """
    home = layout.staging
    if not home.is_dir():
        return ()
    with guarded("STATE_CORRUPT", "The staging folder cannot be read", "run it again", home):
        folders = [entry for entry in home.iterdir() if entry.is_dir() and not entry.is_symlink()]
        folders.sort(key=lambda folder: (folder.stat().st_mtime_ns, folder.name))
    return tuple(manifests.read(layout, folder) for folder in folders)


def settle(layout: Layout, staged: Staged, committed: bool) -> str:
    """Finishes or undoes a pending run, and says so in a sentence.

    `committed` is what the database's ledger says; it counts where `staged.asks_database`. Raises as
    `publish` and `discard` do.
    """
    run = staged.manifest
    if run is None:
        discard(staged)
        return "Cleared away what a killed run had begun to write; nothing had been changed."
    what = {
        "generate": f"Iteration {run.iteration} ({run.version})",
        "rollback": f"The rollback of iteration {run.iteration} ({run.version})",
        "apply": f"The apply of iteration {run.iteration} ({run.version})",
        "restore": f"The restoring of iteration {run.iteration} ({run.version})",
    }[run.kind]
    if staged.asks_database and not committed:
        discard(staged)
        return f"{what} was interrupted before the database had committed it; it was undone."
    publish(staged)
    places = " and ".join(_outcome(layout, run)) or "there was nothing left to do"
    return f"{what} was interrupted after it had been decided; it was finished: {places}."


def _outcome(layout: Layout, run: Manifest) -> Iterable[str]:
    history = layout.history
    placed = sum(not rename.target.is_relative_to(history) for rename in run.renames)
    if placed:
        yield f"{placed} files are in place"
    if run.removes:
        yield f"{len(run.removes)} are {'in the history' if placed < len(run.renames) else 'removed'}"


def _stage(layout: Layout, folder: Path, artifacts: Artifacts | None, intent: Intent) -> Staged:
    contents = {layout.inside(a.path): encoded(a.text, a.path) for a in _new_files(layout, artifacts, intent)}
    removes = [path for path in _old_files(layout, artifacts, intent) if path not in contents]
    contents |= _history_files(layout, intent)
    for target in (*contents, *removes):
        _refuse_unwritable(target)
    make_folder(folder)
    renames = []
    for number, (target, data) in enumerate(contents.items()):
        source = f"{number}-{target.name}"
        write_flushed(folder / source, data)
        renames.append(Rename(source, target, digest(data)))
    run = Manifest(
        intent.kind,
        intent.run,
        intent.iteration,
        intent.version,
        intent.workspace,
        intent.awaits_commit,
        tuple(renames),
        tuple(removes),
        intent.max_history if intent.retires and intent.keep_history else None,
        intent.target,
    )
    manifests.write(layout, folder, run)
    return Staged(layout, folder, run)


def _new_files(layout: Layout, artifacts: Artifacts | None, intent: Intent) -> Iterable[Artifact]:
    if artifacts is not None:
        yield from (artifacts.migration, artifacts.rollback, artifacts.types, artifacts.snapshot)
        if artifacts.busm_updates is not None:
            yield Artifact(layout.busm_updates, artifacts.busm_updates)
    if read_identity(layout) is None:
        yield Artifact(layout.identity, identity_text(intent.workspace))


def _old_files(layout: Layout, artifacts: Artifacts | None, intent: Intent) -> Iterable[Path]:
    if intent.retires is not None:
        yield from (layout.inside(path) for path in intent.retires.files)
    flagless = artifacts is not None and artifacts.busm_updates is None and intent.kind == "generate"
    if flagless and layout.busm_updates.exists():
        yield layout.busm_updates


def _history_files(layout: Layout, intent: Intent) -> dict[Path, bytes]:
    old = intent.retires
    if old is None or not intent.keep_history:
        return {}
    folder = free_folder(layout, old.iteration, old.version)
    return {folder / path.name: layout.inside(path).read_bytes() for path in old.files}


def _refuse_unwritable(target: Path) -> None:
    """Found before the database commits: a folder that is in the way, or one that takes no file."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "A folder is in the way", str(target))
    parent = target.parent
    while not parent.exists():
        parent = parent.parent
    if not parent.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "A file is in the way of a folder", str(parent))
    if not os.access(parent, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "Permission denied", str(parent))


def _put(staged: Staged, rename: Rename) -> None:
    source = staged.folder / rename.source
    if not source.exists():
        return
    if digest(source.read_bytes()) != rename.sha256:
        raise corrupt(staged.layout.name(source), "was changed after dbgen wrote it")
    make_folder(rename.target.parent)
    move(source, rename.target)


def _sync_parents(paths: Iterable[Path]) -> None:
    for folder in sorted({path.parent for path in paths}):
        if folder.is_dir():
            sync_folder(folder)


def _clear(folder: Path) -> None:
    """The manifest goes first: what a kill leaves of the rest is cleared away by the next run."""
    if not folder.exists():
        return
    (folder / manifests.FILE).unlink(missing_ok=True)
    sync_folder(folder)
    remove_folder(folder)
