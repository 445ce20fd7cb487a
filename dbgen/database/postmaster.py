"""The running server: whether it runs, starting it, ending it; told by its pid file and its process."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dbgen.database.cluster import Home
from dbgen.database.places import Account, environment, failure, write_file
from dbgen.database.programs import Programs
from dbgen.values import dataclass

PATIENCE = 30.0
_LOG_LIMIT = 1_000_000
_STATUS_LINE = 7
# The servers outlive this process; were their handles collected, Python would warn.
_started: list[subprocess.Popen[bytes]] = []


class PortTakenError(Exception):
    """Somebody else took the port between the look and the start."""


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A live server process of one data directory."""

    pid: int
    ready: bool


def find(home: Home) -> Postmaster | None:
    """The server of this home, if its process lives. A pid file left behind is none."""
    try:
        lines = (home.data / "postmaster.pid").read_text("utf-8").split("\n")
        pid = int(lines[0])
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    if pid <= 0 or not _lives(pid, home.data):
        return None
    return Postmaster(pid, len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready")


def launch(home: Home, programs: Programs, account: Account) -> None:
    """Start the server, in a session of its own so that Ctrl-C does not reach it, and wait until it is ready.

    Raises PortTakenError, or CONNECTION_ERROR with the last lines of its log.
    """
    deadline = time.monotonic() + PATIENCE
    _disown_pid_file(home.data, account)
    while True:
        start = _rotate(home.log)
        process = _spawn(home, programs, account)
        if _wait_ready(home, process, deadline):
            _started.append(process)
            return
        said = _log_since(home.log, start)
        if "could not bind" in said or "could not create any TCP/IP sockets" in said:
            raise PortTakenError
        # The last backends of a killed server hold its memory until they notice.
        if "still in use" not in said or time.monotonic() > deadline:
            raise failure(
                "it ended at once.", "\n".join(said.strip().splitlines()[-6:]) or f"See {home.log}."
            )
        time.sleep(0.05)


def end(home: Home, pid: int) -> None:
    """Ask for a fast shutdown and return at once; a note tells the next start that it is leaving."""
    home.stopping.write_text(f"{pid}\n", "utf-8")
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)


def is_leaving(home: Home, pid: int) -> bool:
    """Whether this server was told to end."""
    try:
        return home.stopping.read_text("utf-8").strip() == str(pid)
    except FileNotFoundError:
        return False


def wait_gone(home: Home) -> None:
    """Wait until the server has ended; CONNECTION_ERROR when it does not."""
    _wait_until(lambda: find(home) is None, home, "the server that is shutting down does not end.")


def wait_ready_or_gone(home: Home) -> None:
    """Wait for a server that somebody else started and that is not ready yet; it may also end."""
    _wait_until(
        lambda: (server := find(home)) is None or server.ready, home, "the server does not get ready."
    )


def _wait_until(condition: Callable[[], bool], home: Home, otherwise: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise failure(otherwise, f"See {home.log}.")
        time.sleep(0.003)


def _wait_ready(home: Home, process: subprocess.Popen[bytes], deadline: float) -> bool:
    while process.poll() is None:
        server = find(home)
        if server is not None and server.pid == process.pid and server.ready:
            return True
        if time.monotonic() > deadline:
            process.send_signal(signal.SIGQUIT)
            process.wait()
            raise failure(f"it was not ready within {PATIENCE:.0f} seconds.", f"See {home.log}.")
        time.sleep(0.003)
    return False


def _spawn(home: Home, programs: Programs, account: Account) -> subprocess.Popen[bytes]:
    with home.log.open("ab") as log:
        return subprocess.Popen(
            [programs.path("postgres"), "-D", str(home.data)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=environment(),
            start_new_session=True,
            user=account.uid if account.other else None,
            group=account.gid if account.other else None,
            extra_groups=[] if account.other else None,
        )


def _lives(pid: int, data: Path) -> bool:
    """Whether the process lives, is no zombie, and was started for this data directory."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    process = Path("/proc", str(pid))
    if process.is_dir():
        with suppress(OSError):
            state = (process / "stat").read_text("utf-8").rpartition(")")[2].split()[0]
            return state not in "ZX" and os.fsencode(data) in (process / "cmdline").read_bytes().split(b"\0")
        return False
    return _is_listed(pid, data)


def _is_listed(pid: int, data: Path) -> bool:
    """The same where there is no /proc, as on macOS."""
    command = ["ps", "-ww", "-o", "stat=", "-o", "command=", "-p", str(pid)]
    told = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False
    ).stdout
    return str(data) in told and not told.startswith("Z")


def _disown_pid_file(data: Path, account: Account) -> None:
    """After a kill or a power cut: its pid may by now be another program's, and PostgreSQL would then refuse.

    A pid of its parent counts as stale there, and the rest of the file still lets it look for live backends.
    An empty file, of a server killed while writing it, tells nothing and would stop the start for good.
    """
    file = data / "postmaster.pid"
    if not file.is_file():
        return
    lines = file.read_text("utf-8").split("\n")
    if lines == [""]:
        file.unlink()
    else:
        write_file(file, "\n".join((str(os.getpid()), *lines[1:])), mode=0o600, owner=account)


def _rotate(log: Path) -> int:
    size = log.stat().st_size if log.is_file() else 0
    if size < _LOG_LIMIT:
        return size
    log.replace(log.with_suffix(".log.old"))
    return 0


def _log_since(log: Path, start: int) -> str:
    with log.open("rb") as stream:
        stream.seek(start)
        return stream.read().decode("utf-8", "replace")
