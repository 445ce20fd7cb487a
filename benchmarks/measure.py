"""Measures whole processes: wall time, processor time and peak memory, each the median of several runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

_CHILD = Path(__file__).with_name("child.py")


class Failed(Exception):
    """A measured program did not end well; the message is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds and bytes; `cpu` is user and system time of the process, not of the servers that it uses."""

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class Job:
    """A program to measure. `before` and `after` run around each run and are not measured."""

    name: str
    words: Sequence[str]
    cwd: Path
    environment: Mapping[str, str]
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None
    accepted: tuple[int, ...] = (0,)


def measured(job: Job, runs: int) -> Figures:
    """The medians. Raises `Failed`."""
    taken = []
    for _ in range(runs):
        if job.before:
            job.before()
        taken.append(once(job))
        if job.after:
            job.after()
    return medians(taken)


def medians(taken: Sequence[Figures]) -> Figures:
    """Each figure's median."""
    return Figures(
        median(one.wall for one in taken),
        median(one.cpu for one in taken),
        int(median(one.memory for one in taken)),
    )


def once(job: Job) -> Figures:
    """One run. Raises `Failed`."""
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile("r") as report:
        _run([sys.executable, "-I", "-S", str(_CHILD), report.name, *job.words], job, said)
        figures = json.loads(Path(report.name).read_text())
        if figures["status"] not in job.accepted:
            said.seek(0)
            text = said.read().decode(errors="replace").strip()
            raise Failed(f"{job.name}: exit status {figures['status']}: {text[-600:]}")
        return Figures(figures["wall"], figures["cpu"], figures["memory"])


def run_plainly(words: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> None:
    """Runs what is needed and not measured. Raises `Failed`."""
    once(Job(" ".join(words[:4]), words, cwd, environment))


def _run(words: Sequence[str], job: Job, said: IO[bytes]) -> None:
    values = {**os.environ, **job.environment}
    subprocess.run(words, cwd=job.cwd, env=values, stdout=said, stderr=said, check=True)
