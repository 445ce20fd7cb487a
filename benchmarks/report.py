"""The figures as pages: the tables in docs/, and the short one in the README."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.floors import READING
from benchmarks.goals import growth_table, ratio_table
from benchmarks.measure import Figures
from benchmarks.rows import Pair

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A job's figures at a size; size 3 is the typical module."""

    size: int
    kind: str
    name: str
    figures: Figures


_SIZES = """Whole processes: seconds from start to end, processor seconds of the process and of the
children that it waits for (a database server that was running before is not among them), its own peak
memory in MB, and the time as a multiple of the floor, a Python start that imports typer, rich and yaml and
reads the same files. The work is the second iteration after the first, unless it says "the whole".
"First look": dbgen has not seen these files before; without that word it has. "Cold": the embedded server
has to be started first (up to 1,000 entities). "Without bytecode": Python has to compile what it imports.
3 entities: one module of 20 fields."""
_ROWS = """An iteration added a table and two columns, and both tables have {count:,} rows. It is rolled back
and made again, proof included, beside psql with the least that does the same: the plain DDL, one
`CREATE TABLE AS` and one `UPDATE` of the two columns' values. At most 3 is the goal."""


def about() -> dict[str, str]:
    """When and where."""
    from dbgen.database.programs import find_programs

    return {
        "When": datetime.now(UTC).date().isoformat(),
        "Where": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "Versions": f"Python {platform.python_version()}, PostgreSQL {find_programs().version}",
    }


def sizes_page(rows: Sequence[Row], said: Mapping[str, str], left_out: Sequence[str]) -> str:
    """Every figure, and the goals."""
    sizes = sorted({row.size for row in rows})
    found = {(row.name, row.size): row.figures for row in rows}
    own = list(dict.fromkeys(row.name for row in rows if row.kind == "dbgen"))
    lines = [*_said(said), *[f"- Left out: {one}" for one in left_out], "", _SIZES, "", *table(rows)]
    lines += ["", "## Ratios", "", *ratio_table(found, sizes)]
    lines += ["", "## Growth", "", *growth_table(found, sizes, own)]
    return "\n".join([*lines, "", "![The same as a plot](benchmarks.svg)"])


def rows_page(pairs: Sequence[Pair], count: int, said: Mapping[str, str]) -> str:
    """The commands beside the bare statements."""
    lines = ["## Many rows", "", *_said(said), "", _ROWS.format(count=count), ""]
    lines += ["| | dbgen | psql | ratio |", "| --- | ---: | ---: | ---: |"]
    for one in pairs:
        ratio = one.dbgen.wall / one.bare.wall
        lines.append(f"| {one.name} | {one.dbgen.wall:.2f} | {one.bare.wall:.2f} | {ratio:.2f} |")
    return "\n".join(lines)


def short(rows: Sequence[Row], said: Mapping[str, str]) -> str:
    """Seconds alone, for those who read no further."""
    sizes = sorted({row.size for row in rows})
    found = {(row.name, row.size): row.figures for row in rows}
    lines = [
        f"{', '.join(said.values())}. Seconds for the second iteration of a schema of so many entities.",
        "",
    ]
    lines += ["| |" + "".join(f" {size:,} |" for size in sizes), "| --- |" + " ---: |" * len(sizes)]
    for name in dict.fromkeys(
        row.name for row in rows if "cold" not in row.name and "bytecode" not in row.name
    ):
        walls = [found.get((name, size)) for size in sizes]
        cells = "".join(f" {one.wall:.2f} |" if one else " |" for one in walls)
        lines.append(f"| {name} |{cells}")
    return "\n".join(lines)


def table(rows: Sequence[Row]) -> list[str]:
    """One line for each job, four figures for each size."""
    sizes = sorted({row.size for row in rows})
    found = {(row.name, row.size): row.figures for row in rows}
    head = "".join(f" {size:,} entities | CPU | MB | × floor |" for size in sizes)
    lines = [f"| | |{head}", "| --- | --- |" + " ---: | ---: | ---: | ---: |" * len(sizes)]
    for kind, name in dict.fromkeys((row.kind, row.name) for row in rows):
        cells = "".join(_cells(found, name, size) for size in sizes)
        lines.append(f"| {kind} | {name} |{cells}")
    return lines


def replace_part(page: Path, name: str, text: str) -> None:
    """Puts a text between a page's markers of this name. Raises ValueError where it has none."""
    begin, end = f"<!-- {name}: made by `python -m benchmarks` -->\n", f"<!-- end of {name} -->\n"
    whole = page.read_text(encoding="utf-8")
    if begin not in whole or end not in whole:
        raise ValueError(f"{page} has no place for {name}")
    before, _, rest = whole.partition(begin)
    page.write_text(f"{before}{begin}\n{text}\n\n{end}{rest.partition(end)[2]}", encoding="utf-8")


def _said(said: Mapping[str, str]) -> Iterator[str]:
    return (f"- {name}: {value}" for name, value in said.items())


def _cells(found: Mapping[tuple[str, int], Figures], name: str, size: int) -> str:
    one, floor = found.get((name, size)), found.get((READING, size))
    if one is None:
        return " | | | |"
    times = f"{one.wall / floor.wall:.1f}" if floor else ""
    return f" {one.wall:.2f} | {one.cpu:.2f} | {one.memory / _MEGABYTE:.0f} | {times} |"
