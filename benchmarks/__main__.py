"""`python -m benchmarks [all|sizes|rows]`: see --help."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.floors import connection_floor, floors, psql_floors
from benchmarks.measure import Failed, Job, measured
from benchmarks.peers import Databases, left_out, peer_jobs
from benchmarks.plot import svg
from benchmarks.report import Row, about, replace_part, rows_page, short, sizes_page
from benchmarks.rows import Pair, measure_rows
from benchmarks.stage import Stage, changing_jobs, cold_jobs, settled_jobs, staged

_HOME = Path(__file__).parents[1]
_TYPICAL = 3
_ROWS_RUNS = 3
#: Above this, one run is enough, and a start of the server makes no difference.
_OFTEN = 1000


def main() -> int:
    """Measures, prints the tables and puts them into docs/ and the README."""
    chosen = _arguments()
    rows: list[Row] = []
    pairs: tuple[Pair, ...] = ()
    with tempfile.TemporaryDirectory(prefix="dbgen-benchmarks-") as folder:
        base = Path(folder)
        base.chmod(0o755)  # as root the server runs as another user
        if chosen.what in ("all", "sizes"):
            rows = _measure_sizes(base, chosen)
        if chosen.what in ("all", "rows"):
            pairs = measure_rows(base / "rows", chosen.count, min(chosen.runs, _ROWS_RUNS))
    said = about()
    pages = {}
    if rows:
        told = left_out([row.size for row in rows]) if chosen.peers else ("all peers",)
        runs = f"{chosen.runs}, of which the median; fewer at 1,000 entities, one above"
        pages["sizes"] = sizes_page(rows, {**said, "Runs": runs}, told)
    if pairs:
        pages["rows"] = rows_page(pairs, chosen.count, said)
    print("\n\n".join(pages.values()))
    if not chosen.no_write:
        _write(pages, short(rows, said), rows)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("all", "sizes", "rows"), default="all")
    parser.add_argument("--sizes", default="10,100,1000,5000", help="entities, separated by commas")
    parser.add_argument("--count", type=int, default=1_000_000, help="rows in each table of `rows`")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median counts, at most")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="dbgen and the floors alone")
    parser.add_argument("--no-write", action="store_true", help="print only")
    return parser.parse_args()


def _measure_sizes(base: Path, chosen: argparse.Namespace) -> list[Row]:
    """What was measured; Ctrl-C leaves the rest out."""
    rows: list[Row] = []
    for size in (None, *(int(word) for word in chosen.sizes.split(","))):
        try:
            with staged(base / str(size), size) as stage:
                for row in measure_size(stage, repeats(size, chosen.runs), peers=chosen.peers):
                    rows.append(row)
                    wall = row.figures.wall
                    print(f"{row.size:>6} {row.name:<48} {wall:8.3f} s", file=sys.stderr, flush=True)
        except Failed as error:
            print(f"left out, the rest of {size}: {error}", file=sys.stderr)
        except KeyboardInterrupt:
            print(f"left out, the rest from {size} on: interrupted", file=sys.stderr)
            break
    return rows


def repeats(size: int | None, most: int) -> int:
    """How often a job of this size runs: what takes long varies less."""
    if size is None or size < _OFTEN:
        return most
    return min(most, 3) if size == _OFTEN else 1


def _write(pages: Mapping[str, str], table: str, rows: list[Row]) -> None:
    """Puts each part of the page where it stands, and the plot and the README's table."""
    docs = _HOME / "docs"
    for name, text in pages.items():
        replace_part(docs / "benchmarks.md", name, text)
    if rows:
        replace_part(_HOME / "README.md", "benchmarks", table)
        drawn = [row for row in rows if row.size != _TYPICAL]
        (docs / "benchmarks.svg").write_text(svg(drawn, "Seconds for a whole process"), encoding="utf-8")


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
        yield from _rows(size, "floor", connection_floor(stage, databases.spare), runs)
        jobs = psql_floors(stage, databases.first, databases.empty)
        yield from _rows(size, "floor", jobs, runs)
        if peers:
            _fill(stage, databases)
            folder = stage.base / "peers"
            folder.mkdir()
            yield from _rows(size, "peer", peer_jobs(folder, stage.size, databases), runs)
    if stage.size <= _OFTEN:
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


if __name__ == "__main__":
    sys.exit(main())
