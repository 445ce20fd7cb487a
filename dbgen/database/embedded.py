"""The embedded PostgreSQL: one cluster per workspace, set up like a Supabase project, that starts by itself
with the command that needs it and ends with the last one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path

from dbgen.database import postmaster
from dbgen.database.cluster import (
    ADMIN,
    DATABASE,
    OWNER,
    Home,
    home_of,
    make_cluster,
    passwords,
    recorded,
    sweep,
    with_port,
    write_settings,
)
from dbgen.database.flock import exclusive, open_lock, try_lock
from dbgen.database.places import base_directory, failure, make_directory, server_account
from dbgen.database.programs import Programs, find_programs, tool
from dbgen.database.throwaway import create_throwaway, drop_throwaway
from dbgen.errors import WorkError
from dbgen.values import dataclass

__all__ = ["Embedded", "create_throwaway", "drop_throwaway", "embedded", "tool"]

# Longer than one start may take, so that who waits for another's start sees its end.
_LOCK_PATIENCE = 2 * postmaster.PATIENCE
_PORT_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Embedded:
    """One workspace's cluster, with settings of its `own` in the place of the usual ones. All methods raise
    CONNECTION_ERROR when the server cannot be had.
    """

    workspace: Path
    base: Path
    programs: Programs
    home: Home
    own: Mapping[str, str] = field(default_factory=dict)

    def version(self) -> str:
        """PostgreSQL's version, "18.4"."""
        return self.programs.version

    def exists(self) -> bool:
        """Whether the cluster was made."""
        with _translated():
            return self.home.exists()

    def running(self) -> bool:
        """Whether the server is ready and was not told to end; looks at files and processes only."""
        with _translated():
            server = postmaster.find(self.home)
            return server is not None and server.ready and not postmaster.is_leaving(self.home, server.pid)

    def kept(self) -> bool:
        """Whether the server stays when its last user leaves."""
        with _translated():
            return self.home.keep.is_file()

    def moved_from(self) -> int | None:
        """The port that the workspace had before another program took it, if that ever happened."""
        with _translated():
            record = recorded(self.home)
        return record.moved_from if record else None

    def url(self, hide_password: bool = False) -> str:
        """The URL for role `postgres`; the same each time unless its port was taken. Needs the cluster."""
        return self._url(OWNER, hide_password)

    def admin_url(self) -> str:
        """The URL for the superuser, for tests and maintenance. The cluster must exist."""
        return self._url(ADMIN, False)

    def start(self, keep: bool) -> str:
        """Start the server when it is not running; gives its URL. Kept, it stays until `stop`.

        Not kept, it ends with the next user that leaves as the last one.
        """
        with self._starting():
            self._bring_up()
            if keep:
                self.home.keep.touch()
        return self.url()

    def stop(self) -> bool:
        """End the server, also under its users (their transactions are undone), and wait until it has ended.

        Says whether it was running.
        """
        if not self.exists():
            return False
        with self._starting():
            self.home.keep.unlink(missing_ok=True)
            server = postmaster.find(self.home)
            if server is None:
                return False
            postmaster.end(self.home, server.pid)
            postmaster.wait_gone(self.home)
        return True

    @contextmanager
    def in_use(self) -> Iterator[str]:
        """Hold the server for a while, started when needed; gives its URL.

        On leaving, the last user tells it to end, without waiting, unless it is kept.
        """
        with _translated():
            make_directory(self.home.directory)
            users = open_lock(self.home.users_lock)
        try:
            with self._starting():
                try_lock(users, shared=True)
                self._bring_up()
            yield self.url()
        finally:
            try:
                self._leave(users)
            finally:
                os.close(users)

    @contextmanager
    def throwaway(self) -> Iterator[str]:
        """A database made from the bootstrapped template, dropped on leaving; the server must be in use."""
        url = create_throwaway(self.url())
        try:
            yield url
        finally:
            drop_throwaway(url)

    def _url(self, role: str, hide_password: bool) -> str:
        with _translated():
            record, secret = recorded(self.home), passwords(self.home)
        if record is None or role not in secret:
            raise WorkError(
                "CONNECTION_ERROR",
                "This workspace has no embedded database.",
                hint="dbgen db start makes it.",
            )
        login = role if hide_password else f"{role}:{secret[role]}"
        return f"postgresql://{login}@127.0.0.1:{record.port}/{DATABASE}"

    @contextmanager
    def _starting(self) -> Iterator[None]:
        """Be the only one who starts or ends this server."""
        with _translated():
            make_directory(self.home.directory)
            with exclusive(self.home.start_lock, timeout=_LOCK_PATIENCE):
                yield

    def _bring_up(self) -> None:
        """Have a ready server: wait for one that starts or leaves, make and start what is missing."""
        server = postmaster.find(self.home)
        if server is not None and postmaster.is_leaving(self.home, server.pid):
            postmaster.end(self.home, server.pid)
            postmaster.wait_gone(self.home)
        elif server is not None:
            postmaster.wait_ready_or_gone(self.home)
        if postmaster.find(self.home) is not None:
            return
        self._launch()
        self.home.stopping.unlink(missing_ok=True)

    def _launch(self) -> None:
        account = server_account(self.home.data)
        if account.other and not account.can_reach(self.home.directory):
            hint = "Name a directory that all users may pass through in DBGEN_DATA_DIR."
            raise failure(f"the user it runs as cannot get to {self.base}.", hint)
        programs = self.programs.reachable(account, self.base)
        sweep(self.home)
        if not self.exists():
            make_cluster(self.home, programs, account)
        for _ in range(_PORT_ATTEMPTS):
            record = with_port(self.home, self.workspace, programs.major)
            write_settings(self.home, programs, account, record.port, self.own)
            try:
                postmaster.launch(self.home, programs, account)
            except postmaster.PortTakenError:
                continue
            return
        raise failure("other programs take every port that it tries.")

    def _leave(self, users: int) -> None:
        if not self.home.directory.is_dir():
            return
        with self._starting():
            if self.kept() or not try_lock(users):
                return
            server = postmaster.find(self.home)
            if server is not None:
                postmaster.end(self.home, server.pid)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise failure("another process is busy starting it.") from error
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        hint = "DBGEN_DATA_DIR names the directory that it lives in."
        raise failure(f"{error.strerror or error}{where}.", hint) from error


def embedded(workspace_root: Path) -> Embedded:
    """The cluster of the workspace at this path, for the programs in use; makes and starts nothing.

    Raises CONNECTION_ERROR when there are no programs for this machine.
    """
    base = base_directory().resolve()
    programs = find_programs()
    return Embedded(workspace_root, base, programs, home_of(workspace_root, base, programs.major))
