"""SIGKILL at every system call that writes: the next run ends in a clean state, and no row is missing."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dbgen.database.embedded import embedded
from tests.faults.conftest import Count
from tests.faults.ground import WORKS, Ground, Work
from tests.faults.strace import Moment, moments, struck

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]
_AT_ONCE = 3
#: Of the moments of a run, the share that CI takes: every fifth, from another one on for each command.
_SHARE = 5


class Lanes:
    """Workspaces for the threads, each with its own embedded server for the proof, which is kept running so
    that no traced process starts one.
    """

    def __init__(self, folder: Path) -> None:
        self._roots = [folder / f"lane-{number}" for number in range(_AT_ONCE)]
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._free = list(self._roots)
        for root in self._roots:
            root.mkdir()
            embedded(root).start(keep=True)

    def root(self) -> Path:
        """That of this thread."""
        if not hasattr(self._mine, "root"):
            with self._lock:
                self._mine.root = self._free.pop()
        root: Path = self._mine.root
        return root

    def stop(self) -> None:
        """Ends the servers."""
        for root in self._roots:
            embedded(root).stop()

    def reset(self) -> None:
        """For the threads of the next test."""
        self._mine = threading.local()
        self._free = list(self._roots)


@pytest.fixture(scope="module")
def all_lanes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lanes]:
    lanes = Lanes(tmp_path_factory.mktemp("lanes"))
    yield lanes
    lanes.stop()


@pytest.fixture
def lanes(all_lanes: Lanes) -> Lanes:
    all_lanes.reset()
    return all_lanes


def _kill_at_each(
    ground: Ground, lanes: Lanes, work: Work, chosen: slice, count: Count, signal: str = "KILL"
) -> None:
    root = lanes.root()
    with ground.place(work, root) as place:
        all_moments = moments(work, place)
    lanes.reset()
    ground.clean(work)

    def fault(moment: Moment) -> str:
        with ground.place(work, lanes.root()) as place:
            killed = struck(work, place, moment, signal)
            assert killed.returncode in (-9, 0), (moment, killed.stderr)
            try:
                ending = ground.ends_well(work, place)
            except Exception as error:
                raise AssertionError(f"{work.name}, killed at {moment}: {error}") from error
            return ending if killed.returncode else "not reached"

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        endings = list(pool.map(fault, all_moments[chosen]))
    for ending in endings:
        count(f"SIGKILL in {work.name}", ending)
    assert endings.count("not reached") <= len(endings) // 20, "the calls of a run are not those counted"
    if len(endings) == len(all_moments):
        follows = work.command in ("apply", "status") or work.by_hand
        assert {"as before", "done, settled"} <= set(endings) or follows


@pytest.mark.parametrize(("number", "name"), list(enumerate(WORKS)))
def test_killed_at_a_share_of_its_writes(
    ground: Ground, lanes: Lanes, number: int, name: str, count: Count
) -> None:
    _kill_at_each(ground, lanes, WORKS[name], slice(number % _SHARE, None, _SHARE), count)


@pytest.mark.long
@pytest.mark.parametrize("name", WORKS)
def test_killed_at_every_write(ground: Ground, lanes: Lanes, name: str, count: Count) -> None:
    _kill_at_each(ground, lanes, WORKS[name], slice(None), count)
