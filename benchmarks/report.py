"""The figures as a table, in the terminal and in docs/, with the ratios that they are judged by."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.floors import READING
from benchmarks.measure import Figures

#: What is compared with what: (what it is, over, under).
_RATIOS = (
    ("`preview` to reading the inputs", "preview", READING),
    ("`preview` to drizzle-kit", "preview", "drizzle-kit generate"),
    ("`generate --no-apply` to reading the inputs", "generate --no-apply", READING),
    ("`generate --no-apply` to drizzle-kit", "generate --no-apply", "drizzle-kit generate"),
    ("`generate --no-verify` to psql", "generate --no-verify", "psql -1 -f, iteration 2"),
    ("`generate` to `generate --no-verify`", "generate", "generate --no-verify"),
    ("`types` to supabase gen types", "types", "supabase gen types"),
    ("`status` to a Python start", "status", "Python"),
)
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A job's figures at a size; size 3 is the typical module."""

    size: int
    kind: str
    name: str
    figures: Figures


def markdown(rows: Sequence[Row], about: Mapping[str, str], left_out: Sequence[str]) -> str:
    """The whole page."""
    lines = ["# How long it takes", "", "Made by `python -m benchmarks`; see `benchmarks/`.", ""]
    lines += [f"- {name}: {value}" for name, value in about.items()]
    if left_out:
        lines.append(f"- Not installed, so left out: {', '.join(left_out)}")
    lines += ["", _EXPLANATION, "", *table(rows), "", "## Ratios", "", *_ratio_table(rows), ""]
    return "\n".join([*lines, "![The same as a plot](benchmarks.svg)", ""])


_EXPLANATION = """Whole processes: seconds from start to end, processor seconds of the process and of the
children that it waits for (a database server that was running before is not among them), peak memory in
MB, and the time as a multiple of the floor, a Python start that imports typer, rich and yaml and reads the
same files. The work is the second iteration after the first, unless it
says "the whole". "Cold": the embedded server has to be started first. 3 entities: one module of 20 fields."""


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


def _cells(found: Mapping[tuple[str, int], Figures], name: str, size: int) -> str:
    one, floor = found.get((name, size)), found.get((READING, size))
    if one is None:
        return " | | | |"
    times = f"{one.wall / floor.wall:.1f}" if floor else ""
    return f" {one.wall:.2f} | {one.cpu:.2f} | {one.memory / _MEGABYTE:.0f} | {times} |"


def _ratio_table(rows: Sequence[Row]) -> Iterator[str]:
    sizes = sorted({row.size for row in rows})
    found = {(row.name, row.size): row.figures.wall for row in rows}
    yield "| |" + "".join(f" {size:,} |" for size in sizes) + " growth |"
    yield "| --- |" + " ---: |" * (len(sizes) + 1)
    for title, over, under in _RATIOS:
        pairs = [(found.get((over, size)), found.get((under, size))) for size in sizes]
        cells = "".join(f" {a / b:.2f} |" if a and b else " |" for a, b in pairs)
        yield f"| {title} |{cells} {_growth(found, over, sizes)} |"


def _growth(found: Mapping[tuple[str, int], float], name: str, sizes: Sequence[int]) -> str:
    """The exponent between the two largest sizes: 1 is linear."""
    ends = sizes[-2:]
    times = [found.get((name, size)) for size in ends]
    if len(ends) < 2 or not times[0] or not times[1]:
        return ""
    return f"{math.log(times[1] / times[0]) / math.log(ends[1] / ends[0]):.2f}"
