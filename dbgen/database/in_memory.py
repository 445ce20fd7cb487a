"""Throwaway databases for schemas of any size: a large one gets a server of its own whose files lie in
memory, because making and removing the files of its tables is most of the work.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dbgen.database.cluster import FLEETING, home_of
from dbgen.database.embedded import Embedded
from dbgen.database.places import make_directory, server_account
from dbgen.database.throwaway import create_throwaway
from dbgen.errors import WorkError
from dbgen.values import replace

_MEMORY = Path("/dev/shm")
#: With fewer tables, setting a server up takes longer than its files do.
_MANY = 100
#: Room for the cluster and its WAL, and for the files and the rows of each table.
_BYTES, _BYTES_A_TABLE = 800_000_000, 1_000_000
_LIMIT, _USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
# Ends the server and removes its files once this process has ended, in whatever way, and its pipe is closed.
_GUARD = """
cat > /dev/null
for attempt in 1 2 3 4 5; do
    for file in "$0"/clusters/*/data/postmaster.pid; do
        [ -f "$file" ] && read -r pid < "$file" && kill -QUIT "${pid#-}"
    done
    rm -rf "$0"
    [ -e "$0" ] || break
    sleep 0.2
done
"""
# They outlive this process; were their handles collected, Python would warn.
_guards: list[subprocess.Popen[bytes]] = []


@contextmanager
def throwaway_for(server: Embedded, tables: int) -> Iterator[str]:
    """A throwaway database for this many tables: its URL. On the workspace's server, which is held
    meanwhile, or in memory where there is room. Raises CONNECTION_ERROR.
    """
    if tables >= _MANY and _room() >= _BYTES + tables * _BYTES_A_TABLE:
        base = _MEMORY / f"dbgen-{secrets.token_hex(8)}"
        with _guarded(base):
            url = _started(server, base)
            if url is not None:
                yield url
                return
    with server.in_use(), server.throwaway() as url:
        yield url


def _started(server: Embedded, base: Path) -> str | None:
    """A database on a server of its own; None where that cannot be had, and the workspace's has to do."""
    with suppress(WorkError, OSError):
        make_directory(base)
        programs = server.programs.reachable(server_account(server.home.data), server.base)
        home = home_of(base, base, programs.major)
        own = replace(server, workspace=base, base=base, programs=programs, home=home, own=FLEETING)
        return create_throwaway(own.start(keep=True))
    return None


@contextmanager
def _guarded(base: Path) -> Iterator[None]:
    guard = subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, str(base)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    _guards.append(guard)
    try:
        yield
    finally:
        if guard.stdin is not None:
            guard.stdin.close()


def _room() -> int:
    """Bytes that files in memory may take; none where the system has no such place or does not say."""
    try:
        place = os.statvfs(_MEMORY)
        told = Path("/proc/meminfo").read_text("utf-8")
    except OSError:
        return 0
    found = re.search(r"^MemAvailable: +(\d+) kB", told, re.MULTILINE)
    free = int(found[1]) * 1024 // 2 if found else 0
    return min(place.f_bavail * place.f_frsize, free, *_allowed())


def _allowed() -> Iterator[int]:
    """What is left of the limit that a container sets, if any."""
    with suppress(OSError, ValueError):
        yield int(_LIMIT.read_text("utf-8")) - int(_USED.read_text("utf-8"))
