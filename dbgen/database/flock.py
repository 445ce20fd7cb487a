"""Advisory locks on files: the kernel lets go of them when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Take or convert the lock without waiting; says whether it was got."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_lock(file: Path) -> int:
    """A descriptor to lock; closing it unlocks. No child process inherits it."""
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def exclusive(file: Path, *, timeout: float) -> Iterator[None]:
    """Hold the file's lock alone; `TimeoutError` when others hold it for longer than `timeout` seconds."""
    deadline = time.monotonic() + timeout
    descriptor = open_lock(file)
    try:
        while not try_lock(descriptor):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{file} is held by another process")
            time.sleep(0.005)
        yield
    finally:
        os.close(descriptor)
