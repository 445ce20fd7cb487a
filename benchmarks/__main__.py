"""`python -m benchmarks [--sizes 10,100,1000] [--runs 5] [--peers] [--no-write]`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.floors import floors, psql_floors
from benchmarks.measure import Failed, Job, measured
from benchmarks.peers import Databases, missing, peer_jobs
from benchmarks.plot import svg
from benchmarks.report import Row, markdown, table
from benchmarks.stage import Stage, changing_jobs, cold_jobs, settled_jobs, staged

_DOCS = Path(__file__).parents[1] / "docs"
_TYPICAL = 3


def main() -> int:
    """Measures, prints the table and writes docs/benchmarks.md and .svg."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="10,100,1000", help="entities, separated by commas")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median counts")
    parser.add_argument("--peers", action="store_true", help="other tools too, as far as they are installed")
    parser.add_argument("--no-write", action="store_true", help="print only")
    chosen = parser.parse_args()
    sizes = [int(word) for word in chosen.sizes.split(",")]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="dbgen-benchmarks-") as folder:
        Path(folder).chmod(0o755)  # as root the server runs as another user
        for size in (None, *sizes):
            with staged(Path(folder, str(size)), size) as stage:
                for row in measure_size(stage, chosen.runs, peers=chosen.peers):
                    rows.append(row)
                    wall = row.figures.wall
                    print(f"{row.size:>6} {row.name:<48} {wall:8.3f} s", file=sys.stderr, flush=True)
    print("\n".join(table(rows)))
    if not chosen.no_write:
        write(rows, chosen.runs, missing() if chosen.peers else ())
    return 0


def write(rows: list[Row], runs: int, left_out: tuple[str, ...]) -> None:
    """Puts the page and the plot into docs/."""
    _DOCS.mkdir(exist_ok=True)
    (_DOCS / "benchmarks.md").write_text(markdown(rows, _about(runs), left_out), encoding="utf-8")
    drawn = [row for row in rows if row.size != _TYPICAL]
    (_DOCS / "benchmarks.svg").write_text(svg(drawn, "Seconds for a whole process"), encoding="utf-8")


def measure_size(stage: Stage, runs: int, *, peers: bool) -> Iterator[Row]:
    """All jobs of a size, floors first."""
    size = stage.size or _TYPICAL
    yield from _rows(size, "floor", floors(stage), runs)
    yield from _rows(size, "dbgen", settled_jobs(stage), runs)
    if stage.size is None:
        yield from _rows(size, "dbgen", _typical_jobs(stage), runs)
        return
    stage.inputs(stage.main, 2)
    yield from _rows(size, "dbgen", changing_jobs(stage), runs)
    with _databases(stage) as databases:
        jobs = psql_floors(stage, databases.first, databases.empty)
        yield from _rows(size, "floor", jobs, runs)
        if peers:
            _fill(stage, databases)
            folder = stage.base / "peers"
            folder.mkdir()
            yield from _rows(size, "peer", peer_jobs(folder, stage.size, databases), runs)
    yield from _rows(size, "dbgen", cold_jobs(stage), runs)


def _typical_jobs(stage: Stage) -> Iterator[Job]:
    """The module made from nothing each time."""
    stage.dbgen(stage.main, "rollback", "--yes")
    yield from changing_jobs(stage)
    yield from cold_jobs(stage)


def _rows(size: int, kind: str, jobs: Iterable[Job], runs: int) -> Iterator[Row]:
    for job in jobs:
        try:
            yield Row(size, kind, job.name, measured(job, runs))
        except Failed as error:
            print(f"left out: {error}", file=sys.stderr)


@contextmanager
def _databases(stage: Stage) -> Iterator[Databases]:
    from dbgen.database.embedded import create_throwaway, drop_throwaway, embedded

    url = embedded(stage.main.resolve()).url()
    made = [create_throwaway(url) for _ in range(4)]
    try:
        yield Databases(*made)
    finally:
        for one in made:
            drop_throwaway(one)


def _fill(stage: Stage, databases: Databases) -> None:
    """The second database gets both iterations; the first has its own from the floors."""
    from benchmarks.measure import run_plainly
    from dbgen.database.embedded import tool

    first, second, _ = stage.scripts()
    for script in (first, second):
        words = [str(tool("psql")), "-qX", "-v", "ON_ERROR_STOP=1", "-1", "-f", str(script), databases.second]
        run_plainly(words, stage.base, {})


def _about(runs: int) -> dict[str, str]:
    return {
        "When": datetime.now(UTC).date().isoformat(),
        "Where": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "Python": platform.python_version(),
        "Runs": f"{runs}, of which the median",
    }


if __name__ == "__main__":
    sys.exit(main())
