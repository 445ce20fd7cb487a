"""What no tool of this kind can undercut: Python's start, reading the same files, psql with the same SQL."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Job, run_plainly
from benchmarks.stage import Stage
from benchmarks.workspaces import input_files

READING = "Python, typer, rich, yaml, reading the inputs"
CONNECTION = "Python, psycopg, one connection"
_CONNECT = "import sys, psycopg; psycopg.connect(sys.argv[1]).close()"
_READ = """
import json, sys
import rich.console, typer, yaml
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        json.load(file) if name.endswith(".json") else yaml.load(file, yaml.CSafeLoader)
"""


def floors(stage: Stage) -> Iterator[Job]:
    """Those without a database."""
    files = [str(path) for path in input_files(stage.main)]
    yield Job("Python", [sys.executable, "-c", "pass"], stage.main, {})
    yield Job(READING, [sys.executable, "-c", _READ, *files], stage.main, {})


def connection_floor(stage: Stage, url: str) -> Iterator[Job]:
    """The least that asks a database anything."""
    yield Job(CONNECTION, [sys.executable, "-c", _CONNECT, url], stage.main, {})


def psql_floors(stage: Stage, url: str, empty: str) -> Iterator[Job]:
    """`psql -1 -f` of dbgen's own scripts: the second iteration on `url`, which holds the first, and the
    first on `empty`. Both have dbgen's functions, as a database has that dbgen has worked on.
    """
    from dbgen.database.embedded import tool
    from dbgen.operations.keeper import everything

    first, second, back = stage.scripts()

    def words(file: Path, database: str) -> list[str]:
        return [str(tool("psql")), "-qX", "-v", "ON_ERROR_STOP=1", "-1", "-f", str(file), database]

    def run(file: Path, database: str) -> None:
        run_plainly(words(file, database), stage.base, {})

    def emptied() -> None:
        drop = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        run_plainly([str(tool("psql")), "-qX", "-c", drop, empty], stage.base, {})

    functions = stage.base / "functions.sql"
    functions.write_text(everything(), encoding="utf-8")
    run(functions, empty)
    run(functions, url)
    run(first, url)
    yield Job("psql -1 -f, iteration 2", words(second, url), stage.base, {}, None, lambda: run(back, url))
    yield Job("psql -1 -f, the whole", words(first, empty), stage.base, {}, emptied)
