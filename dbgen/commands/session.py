"""A workspace opened for one command: config, places, target, and what a killed run left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dbgen import __version__
from dbgen.commands.context import World
from dbgen.database.targets import Target, opened, resolve
from dbgen.errors import InputError, WorkError
from dbgen.inputs.config import Config, load_config
from dbgen.values import dataclass
from dbgen.workspace.artifacts import pending, settle
from dbgen.workspace.identity import (
    confirm,
    is_confirmed,
    make_identity,
    read_identity,
    target_fingerprint,
)
from dbgen.workspace.lock import locked, signature
from dbgen.workspace.manifest import Manifest, Staged
from dbgen.workspace.paths import Layout, find_root
from dbgen.workspace.state import artifact_text

if TYPE_CHECKING:
    from dbgen.database.connection import Connection

GENERATOR = f"dbgen {__version__}"


@dataclass(frozen=True, slots=True)
class Session:
    """What a command works with."""

    world: World
    root: Path
    config: Config
    layout: Layout
    target: Target

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection to the target; the embedded server runs meanwhile. Raises CONNECTION_ERROR."""
        self.world.progress.step(f"connect to {self.target.label}")
        config = self.config
        with opened(
            self.target,
            self.root,
            lock_timeout=config.lock_timeout,
            statement_timeout=config.statement_timeout,
        ) as connection:
            yield connection

    @contextmanager
    def alone(self, command: str) -> Iterator[tuple[str, ...]]:
        """Holds the workspace; gives what was finished or undone of killed runs, in sentences."""
        with locked(self.layout, signature(self.world.who, command, self.world.now)):
            yield self._settled()

    def _settled(self) -> tuple[str, ...]:
        left = pending(self.layout)
        if not any(staged.asks_database for staged in left):
            return tuple(settle(self.layout, staged, True) for staged in left)
        for staged in left:
            self._refuse_elsewhere(staged)
        with self.connected() as connection:
            return tuple(settle(self.layout, staged, _committed(connection, staged)) for staged in left)

    def _refuse_elsewhere(self, staged: Staged) -> None:
        run = staged.manifest
        if run is not None and staged.asks_database and run.target != self.fingerprint:
            raise WorkError(
                "STATE_MISMATCH",
                f"A run of `dbgen {run.kind}` on another database than {self.target.label} was interrupted, "
                "and only that database knows whether it had committed",
                hint="Run `dbgen status` with that database first (--db-url or --env).",
            )

    @property
    def fingerprint(self) -> str:
        """The target as a hash, to know it again without its secrets."""
        url = self.target.url
        return "embedded" if url is None else target_fingerprint(*self.target.server)

    def identity(self) -> str:
        """The workspace's id; one that lasts once a run has been staged."""
        return read_identity(self.layout) or make_identity()

    def confirm_target(self) -> None:
        """Makes sure that a database that is not on this machine is the one that is meant.

        Raises `InputError` TARGET_UNCONFIRMED when nobody can be asked or the name does not match.
        """
        world, target = self.world, self.target
        if target.local or target.url is None or world.db_url or world.environment_name:
            return
        fingerprint, name = self.fingerprint, target.server[2]
        if is_confirmed(self.layout, fingerprint):
            return
        if world.questions.target_name(target.label, name).strip() != name:
            raise InputError("TARGET_UNCONFIRMED", f"That is not the name of {target.label}")
        confirm(self.layout, fingerprint)


def open_session(world: World, rules: tuple[str, ...] = ()) -> Session:
    """The workspace that `world` is in; `rules` in the place of the config's. Raises CONFIG_INVALID."""
    root = find_root(world.start, world.project)
    config = load_config(root, world.environment, world.environment_name, rules)
    paths = config.paths
    layout = Layout.of(
        root, migrations=paths.migrations, state=paths.state, rollbacks=paths.rollbacks, types=paths.types
    )
    target = resolve(
        target=config.target,
        database_url=config.database_url,
        project_id=config.project_id,
        access_token=config.access_token,
        db_url=world.db_url,
    )
    _refuse_foreign_folder(root, config, target)
    return Session(world, root, config, layout, target)


def _refuse_foreign_folder(root: Path, config: Config, target: Target) -> None:
    """`supabase db push` refuses a history whose files are not in supabase/migrations."""
    inside_supabase = (root / config.paths.migrations).resolve() == (root / "supabase/migrations").resolve()
    if (root / "supabase/config.toml").is_file() and not target.local and not inside_supabase:
        raise InputError(
            "CONFIG_INVALID",
            f"paths.migrations is {config.paths.migrations}, but this is a Supabase project with a remote "
            "database: the Supabase CLI refuses a history whose files are not in supabase/migrations/",
            hint="Take paths.migrations out of config/dbgen.yaml, or set it to supabase/migrations/.",
        )


def _committed(connection: Connection, staged: Staged) -> bool:
    from dbgen.database.exclusive import wait_for_others
    from dbgen.database.ledger import read_ledger

    run = staged.manifest
    if run is None or not staged.asks_database:
        return False
    # A killed run's COMMIT may still be under way in the server.
    with connection.transaction():
        wait_for_others(connection)
        rows = read_ledger(connection, texts=False).rows
    row = next((row for row in rows if (row.iteration, row.version) == (run.iteration, run.version)), None)
    if run.kind == "rollback":
        return row is None
    return row is not None and row.digests.migration in _migration_digests(staged, run)


def _migration_digests(staged: Staged, run: Manifest) -> tuple[str, ...]:
    """Of the staged migration: a clone of this workspace may have made another one in the same second."""
    from dbgen.commands.history_check import md5

    folder = staged.layout.migrations_folder
    paths = [staged.folder / rename.source for rename in run.renames if rename.target.parent == folder]
    return tuple(md5(artifact_text(staged.layout, path)) for path in paths)
