"""What a run means to do with files, written down beside them before the database commits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, get_args

from dbgen.errors import InputError
from dbgen.values import dataclass
from dbgen.workspace.files import sync_folder, write_flushed
from dbgen.workspace.paths import Layout

Kind = Literal["generate", "rollback", "apply", "restore"]

FILE = "manifest.json"
#: Its presence says that the database has committed: nobody has to ask again.
MARK = "committed"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Rename:
    """A staged file, by its name in the staging folder, and where it goes."""

    source: str
    target: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One run. `awaits_commit` is False for a run without a database; `keep` is the number of history
    entries that stay, None where the run does not touch the history; `target` the fingerprint of the database
    whose ledger knows the run.
    """

    kind: Kind
    run: str
    iteration: int
    version: str
    workspace: str
    awaits_commit: bool
    renames: tuple[Rename, ...] = ()
    removes: tuple[Path, ...] = ()
    keep: int | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """A run in its staging folder. `manifest` is None when it was killed before it was complete;
    `marked`: it is known that the database has committed.
    """

    layout: Layout
    folder: Path
    manifest: Manifest | None
    marked: bool = False

    @property
    def asks_database(self) -> bool:
        """Whether only the database's ledger can say if this run is to be finished or undone."""
        return self.manifest is not None and self.manifest.awaits_commit and not self.marked


def write(layout: Layout, folder: Path, manifest: Manifest) -> None:
    """Writes the manifest as the last file of its folder, at once and flushed. Raises `OSError`."""
    body = {
        "format": _FORMAT,
        "kind": manifest.kind,
        "run": manifest.run,
        "iteration": manifest.iteration,
        "version": manifest.version,
        "workspace": manifest.workspace,
        "awaits_commit": manifest.awaits_commit,
        "renames": [
            {"from": r.source, "to": layout.name(r.target), "sha256": r.sha256} for r in manifest.renames
        ],
        "removes": [layout.name(path) for path in manifest.removes],
        "keep": manifest.keep,
        "target": manifest.target,
    }
    unfinished = folder / f"{FILE}.part"
    write_flushed(unfinished, (json.dumps(body, indent=2) + "\n").encode())
    sync_folder(folder)
    unfinished.replace(folder / FILE)
    sync_folder(folder)


def read(layout: Layout, folder: Path) -> Staged:
    """The run in a staging folder; one without a whole manifest never came to its database's commit."""
    try:
        data: Any = json.loads((folder / FILE).read_bytes())
        manifest = _manifest(layout, data)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, InputError):
        return Staged(layout, folder, None)
    return Staged(layout, folder, manifest, (folder / MARK).exists())


def _manifest(layout: Layout, data: Any) -> Manifest:
    if data["format"] != _FORMAT or data["kind"] not in get_args(Kind):
        raise ValueError(data["format"])
    return Manifest(
        kind=data["kind"],
        run=str(data["run"]),
        iteration=int(data["iteration"]),
        version=str(data["version"]),
        workspace=str(data["workspace"]),
        awaits_commit=bool(data["awaits_commit"]),
        renames=tuple(_rename(layout, item) for item in data["renames"]),
        removes=tuple(layout.inside(path) for path in data["removes"]),
        keep=None if data["keep"] is None else int(data["keep"]),
        target=None if data["target"] is None else str(data["target"]),
    )


def _rename(layout: Layout, item: Any) -> Rename:
    if Path(item["from"]).name != item["from"]:
        raise ValueError(item["from"])
    return Rename(item["from"], layout.inside(item["to"]), item["sha256"])
