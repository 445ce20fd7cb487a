"""Artifacts of iterations that were rolled back: one folder each, the oldest removed."""

from __future__ import annotations

import re
from pathlib import Path

from dbgen.values import dataclass
from dbgen.workspace.files import guarded, remove_folder
from dbgen.workspace.paths import Layout

_ENTRY = re.compile(r"iteration-([0-9]+)-([0-9]+)(?:-([0-9]+))?")


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An iteration that was rolled back, and its files."""

    iteration: int
    version: str
    folder: Path
    files: tuple[Path, ...]


def list_history(layout: Layout) -> tuple[HistoryEntry, ...]:
    """What is kept, in the order in which it was rolled back.

    Raises `WorkError` STATE_CORRUPT when the folder cannot be read.
    """
    with guarded("STATE_CORRUPT", "The history cannot be read", "run it again", layout.history):
        return tuple(_entry(folder) for folder in _folders(layout))


def free_folder(layout: Layout, iteration: int, version: str) -> Path:
    """The folder for an iteration's artifacts: `iteration-{n}-{version}`, numbered when that is taken."""
    name = f"iteration-{iteration}-{version}"
    folder, number = layout.history / name, 1
    while folder.exists():
        number += 1
        folder = layout.history / f"{name}-{number}"
    return layout.inside(folder)


def prune(layout: Layout, keep: int) -> None:
    """Removes the oldest entries until no more than `keep` are left. Raises `OSError`."""
    folders = _folders(layout)
    for folder in folders[: max(0, len(folders) - max(0, keep))]:
        remove_folder(folder)


def _folders(layout: Layout) -> tuple[Path, ...]:
    home = layout.history
    if not home.is_dir():
        return ()
    entries = (entry for entry in home.iterdir() if _ENTRY.fullmatch(entry.name) and not entry.is_symlink())
    return tuple(sorted((entry for entry in entries if entry.is_dir()), key=_age))


def _age(folder: Path) -> tuple[int, str, int]:
    match = _ENTRY.fullmatch(folder.name)
    assert match is not None
    return folder.stat().st_mtime_ns, match[2], int(match[3] or 1)


def _entry(folder: Path) -> HistoryEntry:
    match = _ENTRY.fullmatch(folder.name)
    assert match is not None
    files = tuple(sorted(path for path in folder.iterdir() if path.is_file()))
    return HistoryEntry(int(match[1]), match[2], folder, files)
