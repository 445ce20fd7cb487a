"""One dbgen at a time in a workspace."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from dbgen.errors import WorkError
from dbgen.workspace.files import guarded, make_folder
from dbgen.workspace.gitignore import ensure_ignored
from dbgen.workspace.paths import Layout

_TRIES = 5
_PAUSE = 0.05
_LONGEST = 500


def signature(user: str, command: str, since: datetime) -> str:
    """What a holder writes into the lock file. `command` is the bare command: arguments may be secret."""
    return f"{user}, pid {os.getpid()}, {command}, since {since.isoformat(timespec='seconds')}"


@contextmanager
def locked(layout: Layout, who: str) -> Iterator[None]:
    """Holds the workspace's lock; `who` is what others are told meanwhile (see `signature`).

    The system lets go of it when the process ends, however that happens; the file stays. Raises `WorkError`
    LOCKED at once when somebody else holds it, with what they wrote, or when there is no way to lock.
    """
    descriptor = _open(layout)
    try:
        with guarded("LOCKED", "The workspace cannot be locked", "run it again", layout.lock_file):
            _take(descriptor)
        _sign(descriptor, who)
        try:
            yield
        finally:
            _sign(descriptor, "")
    finally:
        os.close(descriptor)


def _open(layout: Layout) -> int:
    path = layout.lock_file
    with guarded("LOCKED", "The workspace cannot be locked", "run it again", path):
        make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        ensure_ignored(layout)
    except WorkError:
        os.close(descriptor)
        raise
    return descriptor


def _sign(descriptor: int, who: str) -> None:
    """On a full disk the lock holds without a name on it."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, who.encode(errors="replace")[:_LONGEST], 0)


def _take(descriptor: int) -> None:
    """Takes the lock; tries again only while the holder has not yet written who it is."""
    holder = ""
    for attempt in range(_TRIES):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            holder = os.pread(descriptor, _LONGEST, 0).decode(errors="replace").strip()
        if holder or attempt == _TRIES - 1:
            break
        time.sleep(_PAUSE)
    raise WorkError(
        "LOCKED",
        f"Another dbgen is at work in this workspace: {holder or 'it has not said who it is'}",
        hint="Wait until it has ended, then run it again.",
        details={"holder": holder or None},
    )
