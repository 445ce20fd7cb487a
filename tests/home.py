"""Where the tests' server lives, and what makes it quick: what tests write need not survive the machine."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from dbgen.database import in_memory, throwaway
from dbgen.database.cluster import OWNER, passwords
from dbgen.database.connection import connect
from dbgen.database.embedded import Embedded
from dbgen.database.flock import open_lock, try_lock
from dbgen.sql import literal

_PREFIX = "dbgen-tests-"
_LOCK = "run.lock"
#: Bytes that a run may take in memory; it takes about a tenth of them.
_ROOM = 3_000_000_000
_OFF = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


def make_home() -> Path:
    """A directory for one run, in memory where there is room: making and dropping databases is work on files
    most of all. Open to all, for as root the server runs as another.
    """
    home = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_memory()))
    home.chmod(0o755)
    # Held until this process ends.
    try_lock(open_lock(home / _LOCK))
    return home


def _memory() -> Path | None:
    """The directory in memory, without what killed runs left there."""
    if in_memory._room() < _ROOM or os.statvfs(in_memory._MEMORY).f_flag & os.ST_NOEXEC:
        return None
    for lock in in_memory._MEMORY.glob(f"{_PREFIX}*/{_LOCK}"):
        descriptor = open_lock(lock)
        if try_lock(descriptor):
            shutil.rmtree(lock.parent)
        os.close(descriptor)
    return in_memory._MEMORY


def make_quick(server: Embedded) -> None:
    """Nothing is flushed; a database is copied as files, and a password is hashed once, not 4,096 times."""
    throwaway._CREATE = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"
    with connect(server.admin_url()) as connection:
        # The workers of a run do it one after the other.
        connection.rows("SELECT pg_advisory_lock(1)")
        for setting in _OFF:
            connection.rows(f"ALTER SYSTEM SET {setting} = off")
        connection.rows("SELECT pg_reload_conf()")
        if connection.version >= 160000:
            connection.rows("SET scram_iterations = 1")
            connection.rows(f"ALTER ROLE {OWNER} PASSWORD {literal(passwords(server.home)[OWNER])}")
