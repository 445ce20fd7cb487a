"""A disk that is full while files are written: the database and the files are as before or as after."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.faults.conftest import Count
from tests.faults.ground import WORKS, Ground, Place, Work

pytestmark = pytest.mark.faults
_WORKS = ("first generate", "generate", "redo", "rollback")
_BLOCK = 4096
_ROOM = 64 << 20


def _fails_or_does(work: Work, place: Place, **others: object) -> str:
    done = place.run(*work.words(), **others)
    assert "Traceback" not in done.stderr, done.stderr
    value = json.loads(done.stdout)
    if value["ok"]:
        return "done"
    error = value["error"]
    assert error["code"] in ("LOCKED", "MIGRATION_FAILED", "STATE_MISMATCH"), error
    return str(error["code"])


@pytest.mark.parametrize("size", [0, 1, 500, 1500, 2500, 4000])
@pytest.mark.parametrize("name", _WORKS)
def test_files_may_not_grow(ground: Ground, name: str, size: int, count: Count) -> None:
    """A limit of the process; Python ignores its signal, so that writing fails."""
    work = WORKS[name]
    ground.clean(work)
    with ground.place(work) as place:
        limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
        outcome = _fails_or_does(work, place, preexec_fn=limit)
        count(f"file size limit in {name}", f"{outcome}, {ground.ends_well(work, place)}")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
@pytest.mark.parametrize("kind", ["space", "inodes"])
@pytest.mark.parametrize("name", _WORKS)
def test_disk_is_full(ground: Ground, tmp_path: Path, name: str, kind: str, count: Count) -> None:
    """With room for none, two, four, … more blocks or files, until it is enough."""
    work, outcomes = WORKS[name], []
    for room in range(0, 60, 2):
        with _small_disk(tmp_path) as grow, ground.place(work, tmp_path) as place:
            entries = sum(1 for _ in place.root.rglob("*")) + 1
            if kind == "space":
                grow(_used(tmp_path) + room * _BLOCK, entries + 1000)
            else:
                grow(_ROOM, entries + room)
            outcome = _fails_or_does(work, place)
            grow(_ROOM, entries + 1000)
            outcomes.append(f"{outcome}, {ground.ends_well(work, place)}")
        if outcome == "done":
            break
    assert outcomes[0] in ("LOCKED, as before", "MIGRATION_FAILED, as before")
    assert outcomes[-1] == "done, done"
    for ending in outcomes:
        count(f"no {kind} on the disk in {name}", ending)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Callable[[int, int], None]]:
    subprocess.run(["mount", "-t", "tmpfs", "none", folder], check=True)

    def grow(size: int, entries: int) -> None:
        options = f"remount,size={size},nr_inodes={entries}"
        subprocess.run(["mount", "-o", options, folder], check=True)

    try:
        grow(_ROOM, 100_000)
        yield grow
    finally:
        subprocess.run(["umount", folder], check=True)


def _used(folder: Path) -> int:
    state = os.statvfs(folder)
    return (state.f_blocks - state.f_bfree) * state.f_frsize
