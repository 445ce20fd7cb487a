"""Where the embedded database lives on this machine, and as which system user its server runs."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import stat
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from dbgen.errors import WorkError
from dbgen.values import dataclass

SYSTEM_USER = "dbgen"


def failure(reason: str, hint: str | None = None) -> WorkError:
    """The one error of the embedded database, said in the words of the person who wanted it started."""
    return WorkError("CONNECTION_ERROR", f"Cannot start the embedded database: {reason}", hint=hint)


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that the server's processes run as."""

    uid: int
    gid: int

    @property
    def other(self) -> bool:
        """Whether that is somebody else than the caller, who then is root."""
        return self.uid != os.geteuid()

    def can_reach(self, directory: Path) -> bool:
        """Whether every directory down to this one lets the account through, by its permission bits."""
        return all(self._may_enter(place.stat()) for place in (directory, *directory.parents))

    def _may_enter(self, status: os.stat_result) -> bool:
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)

    def spawn(self, command: list[str], *, feed: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this account; gives its exit status and both output streams in one."""
        return subprocess.run(
            command,
            input=feed,
            stdin=subprocess.DEVNULL if feed is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            cwd="/",
            env=environment(),
            check=False,
            user=self.uid if self.other else None,
            group=self.gid if self.other else None,
            extra_groups=[] if self.other else None,
        )


def environment() -> dict[str, str]:
    """The caller's environment without what PostgreSQL or the C library would read from it."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG", "TZ"))
    }
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def base_directory() -> Path:
    """`DBGEN_DATA_DIR`, else `/var/lib/dbgen` for root, else the user's data directory. Makes nothing."""
    named = os.environ.get("DBGEN_DATA_DIR")
    if named:
        return Path(named).expanduser().resolve()
    if os.geteuid() == 0:
        return Path("/var/lib/dbgen")
    from platformdirs import user_data_path

    return user_data_path("dbgen", appauthor=False)


def make_directory(directory: Path) -> None:
    """Make a directory and its missing parents; one that is already there is left exactly as it is.

    Root's are open to be passed through, because the server runs as another user; a user's are private.
    """
    if directory.is_dir():
        return
    make_directory(directory.parent)
    with suppress(FileExistsError):
        directory.mkdir()
        directory.chmod(0o755 if os.geteuid() == 0 else 0o700)


def write_file(file: Path, text: str, *, mode: int = 0o644, owner: Account | None = None) -> None:
    """Put a file in its place whole and flushed, or not at all."""
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        os.fchmod(descriptor, mode)
        if owner is not None and owner.other:
            os.fchown(descriptor, owner.uid, owner.gid)
        stream.write(text)
        stream.flush()
        os.fsync(descriptor)
    temporary.replace(file)
    sync_directory(file.parent)


def sync_directory(directory: Path) -> None:
    """Flush a directory's names, so that a rename in it outlives a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def server_account(data: Path) -> Account:
    """Who runs the server: the caller; for root (PostgreSQL refuses to run as root) the owner of an existing
    data directory, else the system user `dbgen`, made when missing, else `nobody`.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data.is_dir() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    for name in (SYSTEM_USER, "nobody"):
        if name == SYSTEM_USER:
            _make_system_user()
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            if entry.pw_uid != 0:
                return Account(entry.pw_uid, entry.pw_gid)
    raise failure(
        "there is no system user to run it as.", "Make one named dbgen, or run dbgen as an ordinary user."
    )


def _make_system_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    shell = shutil.which("nologin", path="/usr/sbin:/sbin:/usr/bin:/bin") or "/bin/false"
    for _ in range(20):
        with suppress(KeyError):
            pwd.getpwnam(SYSTEM_USER)
            return
        if useradd is None:
            return
        done = subprocess.run(
            [
                useradd,
                "--system",
                "--no-create-home",
                "--home-dir",
                "/nonexistent",
                "--shell",
                shell,
                SYSTEM_USER,
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        # Status 1: another process holds the lock on the password file at the moment.
        if done.returncode != 1:
            return
        time.sleep(0.05)
