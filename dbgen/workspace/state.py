"""What the files say: which iterations there are, and the last snapshot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from dbgen.errors import Place, WorkError
from dbgen.model.snapshot import Snapshot, loads
from dbgen.values import dataclass
from dbgen.workspace.files import corrupt, digest, read_text, reason
from dbgen.workspace.paths import Layout

#: How the Supabase CLI knows a migration (`pkg/migration/file.go`); it skips other files.
_MIGRATION = re.compile(r"([0-9]+)_(.*)\.sql")
_OWN = re.compile(r"iter([1-9][0-9]*)_.*")
_SNAPSHOT = re.compile(r"iteration-([1-9][0-9]*)-schema\.json")
_ROLLBACK = re.compile(r"rollback-iteration-([1-9][0-9]*)\.sql")


@dataclass(frozen=True, slots=True)
class MigrationFile:
    """A migration that dbgen made."""

    iteration: int
    version: str
    path: Path


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """A snapshot's text, decoded when it is asked for. `name` is what messages call its file; iteration 0
    has the empty snapshot and no file.
    """

    iteration: int = 0
    text: str = field(default="", repr=False)
    name: str = ""
    _found: list[Snapshot] = field(default_factory=list, repr=False, compare=False)

    @property
    def digest(self) -> str:
        """Of the text."""
        return digest(self.text.encode())

    def snapshot(self) -> Snapshot:
        """What the text says. Raises `WorkError` STATE_CORRUPT."""
        if not self._found:
            self._found.append(self._understood())
        return self._found[0]

    def _understood(self) -> Snapshot:
        if not self.iteration:
            return Snapshot()
        snapshot = loads(self.text, self.name)
        if snapshot.iteration != self.iteration:
            raise corrupt(f"The snapshot {self.name}", f"is that of iteration {snapshot.iteration}")
        return snapshot


@dataclass(frozen=True, slots=True)
class FilesState:
    """The workspace's files, read once.

    `iterations` are those whose four artifacts are all there; `current` is the highest one, 0 when there
    is none, and `last` its snapshot. `missing` are rollback scripts and types that are not there.
    `versions` are all in the migrations folder, other tools' too.
    """

    iterations: tuple[int, ...]
    current: int
    last: SnapshotFile
    migrations: tuple[MigrationFile, ...]
    versions: tuple[str, ...]
    missing: tuple[Path, ...] = ()

    @property
    def snapshot(self) -> Snapshot:
        """The last snapshot. Raises `WorkError` STATE_CORRUPT when it was edited, cut, or is another's."""
        return self.last.snapshot()

    def migration(self, iteration: int) -> MigrationFile:
        """The migration of an iteration; `KeyError` where there is none."""
        for migration in self.migrations:
            if migration.iteration == iteration:
                return migration
        raise KeyError(iteration)


@dataclass(frozen=True, slots=True)
class Listing:
    """The files' names alone: nothing is read and nothing judged."""

    migrations: tuple[MigrationFile, ...]
    versions: tuple[str, ...]
    snapshots: frozenset[int]
    rollbacks: frozenset[int]

    @property
    def highest(self) -> int:
        """The highest iteration that any of them speaks of, 0 for none."""
        return max((*self.snapshots, *self.rollbacks, *(m.iteration for m in self.migrations)), default=0)


def read_state(layout: Layout) -> FilesState:
    """What the files say. Only the last snapshot is read.

    Raises `WorkError` STATE_CORRUPT when a snapshot or migration is missing from the sequence, two
    migrations claim one iteration, or the last snapshot was edited or cut; `InputError` INPUT_INVALID when
    a link leads out of the workspace.
    """
    state = glance(layout)
    state.last.snapshot()
    return state


def glance(layout: Layout) -> FilesState:
    """As `read_state`, but what is wrong with the last snapshot is said only when it is asked for."""
    listing = list_files(layout)
    current = listing.highest
    _refuse_gaps(layout, listing)
    lost = tuple(path for n in range(1, current + 1) for path in _lost(layout, n))
    complete = tuple(n for n in range(1, current + 1) if not _lost(layout, n))
    return FilesState(
        complete, current, snapshot_file(layout, current), listing.migrations, listing.versions, lost
    )


def list_files(layout: Layout) -> Listing:
    """Which artifacts there are, by their names; also where `read_state` refuses (for `--restore`)."""
    migrations, versions = [], []
    for name in _names(layout, layout.migrations_folder):
        if match := _MIGRATION.fullmatch(name):
            versions.append(match[1])
            if own := _OWN.fullmatch(match[2]):
                path = layout.inside(layout.migrations_folder / name)
                migrations.append(MigrationFile(int(own[1]), match[1], path))
    migrations.sort(key=lambda m: (m.iteration, m.version))
    return Listing(
        tuple(migrations),
        tuple(sorted(versions)),
        _numbers(_SNAPSHOT, _names(layout, layout.state_folder)),
        _numbers(_ROLLBACK, _names(layout, layout.rollbacks_folder)),
    )


def load_snapshot(layout: Layout, iteration: int) -> Snapshot:
    """The snapshot of an iteration; of iteration 0 the empty one.

    Raises `WorkError` STATE_CORRUPT when it is missing, edited, cut, or another iteration's.
    """
    return snapshot_file(layout, iteration).snapshot()


def snapshot_file(layout: Layout, iteration: int) -> SnapshotFile:
    """The same, read and not understood yet. Raises STATE_CORRUPT when it is missing or unreadable."""
    if iteration == 0:
        return SnapshotFile()
    path = layout.snapshot(iteration)
    name = layout.name(path)
    return SnapshotFile(iteration, read_text(path, name), name)


def artifact_text(layout: Layout, path: Path) -> str:
    """The text of a migration, rollback or types file with LF line ends, as it was written.

    Raises `WorkError` STATE_CORRUPT when it is missing or unreadable.
    """
    return read_text(layout.inside(path), layout.name(path))


def _names(layout: Layout, folder: Path) -> tuple[str, ...]:
    checked = layout.inside(folder)
    try:
        return tuple(sorted(entry.name for entry in checked.iterdir()))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise corrupt(f"The folder {layout.name(folder)}", f"cannot be read: {reason(error)}") from None


def _numbers(pattern: re.Pattern[str], names: Iterable[str]) -> frozenset[int]:
    return frozenset(int(match[1]) for name in names if (match := pattern.fullmatch(name)))


def _refuse_gaps(layout: Layout, listing: Listing) -> None:
    by_iteration: dict[int, MigrationFile] = {}
    for migration in listing.migrations:
        other = by_iteration.setdefault(migration.iteration, migration)
        if other is not migration:
            raise _claimed_twice(layout, other, migration)
    for n in range(1, listing.highest + 1):
        if n not in listing.snapshots:
            raise corrupt(f"The snapshot {layout.name(layout.snapshot(n))}", "is missing")
        if n not in by_iteration:
            folder = layout.name(layout.migrations_folder)
            raise corrupt(f"{folder}/*_iter{n}_*.sql", f"is missing: the migration of iteration {n}")


def _claimed_twice(layout: Layout, one: MigrationFile, other: MigrationFile) -> WorkError:
    names = layout.name(one.path), layout.name(other.path)
    return WorkError(
        "STATE_CORRUPT",
        f"Two migrations claim iteration {one.iteration}: {names[0]} and {names[1]}",
        hint="Keep the one that belongs to the snapshot and take the other away.",
        place=Place(names[1]),
        details={"files": names},
    )


def _lost(layout: Layout, iteration: int) -> tuple[Path, ...]:
    paths = layout.rollback(iteration), layout.types(iteration)
    return tuple(path for path in paths if not path.is_file())
