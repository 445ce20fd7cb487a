"""Where everything lies. No path that this module gives out leads out of the workspace, links followed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from dbgen.errors import InputError, Place
from dbgen.names import snake_case
from dbgen.values import dataclass

CONFIG = "config/dbgen.yaml"
PIPELINE = ".pipeline"
_DATABASE = ".pipeline/database"
_LONGEST = 60


def find_root(start: Path, project: Path | None) -> Path:
    """The workspace: `project` where it is given, else the nearest directory from `start` upwards that
    holds `config/dbgen.yaml` or `.pipeline/`.

    Raises `InputError` CONFIG_INVALID when there is none.
    """
    if project is not None:
        if not _is(project, Path.is_dir):
            raise InputError(
                "CONFIG_INVALID",
                f"--project {project} is no directory",
                hint="Name the directory that holds config/dbgen.yaml, or make one with `dbgen init`.",
            )
        return _resolved(project)
    here = _resolved(start)
    for folder in (here, *here.parents):
        if _is(folder / CONFIG, Path.is_file) or _is(folder / PIPELINE, Path.is_dir):
            return folder
    raise InputError(
        "CONFIG_INVALID",
        f"No workspace here: neither {start} nor a directory above it holds {CONFIG} or {PIPELINE}/",
        hint="Make one with `dbgen init`, or name one with --project DIR.",
    )


def describe(names: Iterable[str]) -> str:
    """The part of a migration's file name that people read: the modules' names, in ASCII, not too long."""
    words = "_".join(snake_case(name) for name in names)
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "_", bare.lower()).strip("_")
    if not slug:
        return "changes"
    if len(slug) <= _LONGEST:
        return slug
    mark = hashlib.sha256(slug.encode()).hexdigest()[:8]
    return f"{slug[: _LONGEST - len(mark) - 1].rstrip('_')}_{mark}"


def inside(root: Path, path: Path) -> Path:
    """The path, made absolute under `root`.

    Raises `InputError` INPUT_INVALID when it, or a link on the way to it, leads out of the workspace.
    """
    whole = root / path
    if not _resolved(whole).is_relative_to(_resolved(root)):
        raise InputError(
            "INPUT_INVALID",
            f"{path} leads out of the workspace {root}",
            hint="Use a path inside the workspace, without links that point elsewhere.",
            place=Place(str(path)),
        )
    return whole


@dataclass(frozen=True, slots=True)
class Layout:
    """The workspace's places. Every property and method gives an absolute path that was checked to stay
    inside, and raises `InputError` INPUT_INVALID when it does not.
    """

    root: Path
    migrations_folder: Path
    state_folder: Path
    rollbacks_folder: Path
    types_folder: Path

    @classmethod
    def of(cls, root: Path, *, migrations: str, state: str, rollbacks: str, types: str) -> Layout:
        """The layout under `root`; the texts are the config's `paths`."""
        base = _resolved(root)
        folders = (inside(base, Path(text)) for text in (migrations, state, rollbacks, types))
        return cls(base, *folders)

    def inside(self, path: Path | str) -> Path:
        """A path of the workspace, absolute and checked."""
        return inside(self.root, Path(path))

    def name(self, path: Path) -> str:
        """How messages call a path: relative to the workspace, with slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def migration(self, version: str, iteration: int, description: str) -> Path:
        """`{version}_iter{n}_{description}.sql`; the description made safe as `describe` does."""
        name = f"{version}_iter{iteration}_{describe((description,))}.sql"
        return self.inside(self.migrations_folder / name)

    def rollback(self, iteration: int) -> Path:
        """The script that undoes an iteration."""
        return self.inside(self.rollbacks_folder / f"rollback-iteration-{iteration}.sql")

    def snapshot(self, iteration: int) -> Path:
        """What an iteration made."""
        return self.inside(self.state_folder / f"iteration-{iteration}-schema.json")

    def types(self, iteration: int) -> Path:
        """An iteration's TypeScript."""
        return self.inside(self.types_folder / f"database-types-iter{iteration}.ts")

    @property
    def database(self) -> Path:
        """The folder that holds all of dbgen's own files."""
        return self.inside(_DATABASE)

    @property
    def busm_updates(self) -> Path:
        """What BUSM lacks, in its own shape."""
        return self.inside(f"{_DATABASE}/busm-updates.json")

    @property
    def history(self) -> Path:
        """Artifacts of iterations that were rolled back."""
        return self.inside(f"{_DATABASE}/history")

    @property
    def staging(self) -> Path:
        """Runs whose files are not in place yet, a folder each."""
        return self.inside(f"{_DATABASE}/.staging")

    @property
    def lock_file(self) -> Path:
        """The file that the one running dbgen holds locked."""
        return self.inside(f"{_DATABASE}/.lock")

    @property
    def failed(self) -> Path:
        """Where the SQL of a failed run is left to be looked at."""
        return self.inside(f"{_DATABASE}/failed")

    @property
    def backups(self) -> Path:
        """What `--discard-data` wrote before it discarded."""
        return self.inside(f"{_DATABASE}/backups")

    @property
    def identity(self) -> Path:
        """The workspace's id."""
        return self.inside(f"{_DATABASE}/workspace.json")

    @property
    def targets(self) -> Path:
        """Databases that were confirmed on this machine."""
        return self.inside(f"{_DATABASE}/.targets.json")


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    try:
        return kind(path)
    except OSError:
        return False


def _resolved(path: Path) -> Path:
    """The path with every link followed; a loop of links is an error (RuntimeError until Python 3.12)."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError("INPUT_INVALID", f"{path} cannot be followed: {error}") from None
