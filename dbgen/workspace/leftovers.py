"""Texts that are kept for a person to look at: the SQL of a failed run, a backup before a discard."""

from __future__ import annotations

from pathlib import Path

from dbgen.workspace.files import encoded, guarded, write_whole
from dbgen.workspace.gitignore import ensure_ignored
from dbgen.workspace.paths import Layout


def keep_text(layout: Layout, folder: Path, name: str, text: str) -> Path:
    """Writes a text, whole, into `layout.failed` or `layout.backups`, and gives its path.

    Raises `WorkError` MIGRATION_FAILED when it cannot be written.
    """
    path = layout.inside(folder / name)
    ensure_ignored(layout)
    with guarded("MIGRATION_FAILED", "Cannot write to the workspace", "run it again", path):
        write_whole(path, encoded(text, path))
    return path
