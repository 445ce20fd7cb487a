"""SIGINT and SIGTERM at random moments: exit 130, and the next run finds nothing half-done."""

from __future__ import annotations

import random
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.conftest import Count
from tests.faults.ground import WORKS, Ground
from tests.faults.strace import Moment, moments, struck

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]
_NUMBER = 8
_INTERRUPTED = 130


@pytest.mark.parametrize("signal", ["INT", "TERM"])
@pytest.mark.parametrize("name", ["first generate", "generate", "redo", "far apply", "far rollback"])
def test_interrupted(ground: Ground, name: str, signal: str, count: Count) -> None:
    _interrupt(ground, name, signal, _NUMBER, count)


@pytest.mark.long
@pytest.mark.parametrize("signal", ["INT", "TERM"])
@pytest.mark.parametrize("name", [name for name, work in WORKS.items() if not work.verify])
def test_interrupted_at_every_write(ground: Ground, name: str, signal: str, count: Count) -> None:
    _interrupt(ground, name, signal, None, count)


def _interrupt(ground: Ground, name: str, signal: str, number: int | None, count: Count) -> None:
    work = WORKS[name]
    ground.clean(work)
    with ground.place(work) as place:
        chosen = [moment for moment in moments(work, place) if moment.main]
    if number is not None:
        chosen = random.Random(f"{name} {signal}").sample(chosen, number)

    def fault(moment: Moment) -> str:
        with ground.place(work) as place:
            done = struck(work, place, moment, signal)
            assert done.returncode == _INTERRUPTED, (moment, done.stdout, done.stderr)
            assert "Traceback" not in done.stderr
            return ground.ends_well(work, place)

    with ThreadPoolExecutor(3) as pool:
        for ending in pool.map(fault, chosen):
            count(f"SIG{signal} in {name}", ending)
