"""Throwaway databases for schemas of any size: a large one gets a server of its own whose files lie in
memory, because making and removing the files of its tables is most of the work. What a proof ends with there
can be kept for the next one, which begins with it.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from dbgen.database.cluster import FLEETING, home_of
from dbgen.database.embedded import Embedded
from dbgen.database.places import make_directory, server_account
from dbgen.database.templates import emptied, make_room, template_of, unpacked
from dbgen.database.throwaway import create_throwaway, with_database
from dbgen.errors import WorkError
from dbgen.model.schema import Schema
from dbgen.values import dataclass, replace

_MEMORY = Path("/dev/shm")
#: With fewer tables, setting a server up takes longer than its files do.
_MANY = 100
#: Room for the cluster and its WAL, and for the files and the rows of each table.
_BYTES, _BYTES_A_TABLE = 800_000_000, 1_000_000
_LIMIT, _USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
#: The database of a server in memory, whose name a template has to know.
_DATABASE = "dbgen_proof"
# Once this process has ended, in whatever way, and its pipe is closed: ends the server and removes its files.
# Where it was told a file, the cluster, whole, goes there first.
_GUARD = """
umask 077
read -r kept
if [ -n "$kept" ] && cd "$0"/clusters/*/; then
    read -r pid < data/postmaster.pid && kill -INT "$pid"
    for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -e data/postmaster.pid ] || break
        sleep 0.2
    done
    [ ! -e data/postmaster.pid ] && nice tar -cf "$0/all" data passwords.json &&
        nice gzip -1 < "$0/all" > "$kept.$$" && mv -f "$kept.$$" "$kept"
    rm -f "$kept.$$"
    cd /
fi
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


@dataclass(slots=True)
class Throwaway:
    """The URL of a throwaway database, and the `template` that its tables are from: without one it is empty.

    Where it lies on a `server` of its own there is the URL of an empty one `beside` it, and perhaps a file
    that the server is to be `kept` in.
    """

    url: str
    template: Path | None = None
    beside: str | None = None
    server: Embedded | None = None
    kept: Path | None = None

    def keep(self, workspace: Embedded, schema: Schema) -> None:
        """Have what was committed, the tables of this schema, kept without their rows for a proof that
        begins with them. Does nothing where the database lies on the workspace's server.
        """
        if self.server is None:
            return
        with suppress(WorkError, OSError):
            emptied(with_database(self.server.admin_url(), _DATABASE))
            template = template_of(workspace, schema)
            make_room(template)
            self.kept = template


@contextmanager
def throwaway_for(
    server: Embedded, tables: int, holding: Schema | None = None
) -> Iterator[Callable[[], Throwaway]]:
    """A throwaway database for this many tables, as a function that waits for it. On the workspace's server,
    which is held from then on, or in memory where there is room, and there with the tables of `holding`, if
    they were kept; that one is made ready in the background. The function raises CONNECTION_ERROR.
    """
    with ExitStack() as stack:
        started: Future[Throwaway | None] | None = None
        if tables >= _MANY and _room() >= _BYTES + tables * _BYTES_A_TABLE:
            base = _MEMORY / f"dbgen-{secrets.token_hex(8)}"
            guard = stack.enter_context(_guarded(base))
            thread = stack.enter_context(ThreadPoolExecutor(1))
            started = thread.submit(_started, server, base, holding)
            stack.callback(_told, guard, started)

        def ready() -> Throwaway:
            own = started.result() if started is not None else None
            if own is not None:
                return own
            stack.enter_context(server.in_use())
            return Throwaway(stack.enter_context(server.throwaway()))

        yield ready


def _started(server: Embedded, base: Path, holding: Schema | None) -> Throwaway | None:
    """A database on a server of its own; None where that cannot be had, and the workspace's has to do."""
    with suppress(WorkError, OSError):
        make_directory(base)
        programs = server.programs.reachable(server_account(server.home.data), server.base)
        home = home_of(base, base, programs.major)
        own = replace(server, workspace=base, base=base, programs=programs, home=home, own=FLEETING)
        wanted = template_of(server, holding) if holding is not None and holding.tables else None
        with unpacked(wanted, home) as template:
            url = own.start(keep=True)
            made = with_database(url, _DATABASE) if template else create_throwaway(url, _DATABASE)
            return Throwaway(made, template, create_throwaway(url), own)
    return None


def _told(guard: subprocess.Popen[bytes], started: Future[Throwaway | None]) -> None:
    """Tells the guard what is to be kept."""
    database = started.result()
    if database is not None and database.kept is not None and guard.stdin is not None:
        with suppress(OSError):
            guard.stdin.write(os.fsencode(database.kept) + b"\n")


@contextmanager
def _guarded(base: Path) -> Iterator[subprocess.Popen[bytes]]:
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
        yield guard
    finally:
        if guard.stdin is not None:
            with suppress(OSError):
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
