"""What dbgen's figures are judged by: ratios within one run, growth and memory, each with its limit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.floors import CONNECTION, READING
from benchmarks.measure import Figures

Found = Mapping[tuple[str, int], Figures]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A job's time, less that of another job, to the quickest of some jobs."""

    title: str
    job: str
    under: tuple[str, ...]
    limit: float
    less: str | None = None

    def at(self, found: Found, size: int) -> float | None:
        """None where a figure is missing."""
        time = found.get((self.job, size))
        less = found.get((self.less, size)) if self.less else Figures(0, 0, 0)
        others = [found[name, size].wall for name in self.under if (name, size) in found]
        if time is None or less is None or not others:
            return None
        return (time.wall - less.wall) / min(others)


_OFFLINE = ("drizzle-kit generate", "Django makemigrations")
_PLANNED = "generate --no-apply --no-verify"
RATIOS = (
    Ratio("`preview` to reading the inputs", "preview", (READING,), 2.5),
    Ratio("`preview`, first look, to reading the inputs", "preview, first look", (READING,), 2.5),
    Ratio("`preview` to the fastest offline peer", "preview", _OFFLINE, 0.5),
    Ratio("`preview`, first look, to the fastest offline peer", "preview, first look", _OFFLINE, 0.5),
    Ratio(f"`{_PLANNED}` to reading the inputs", _PLANNED, (READING,), 2.5),
    Ratio(f"`{_PLANNED}` to the fastest offline peer", _PLANNED, _OFFLINE, 0.5),
    Ratio(
        "`generate --no-verify`, what the database adds, to psql",
        "generate --no-verify",
        ("psql -1 -f, iteration 2",),
        1.3,
        _PLANNED,
    ),
    Ratio("`generate` to `generate --no-verify`", "generate", ("generate --no-verify",), 4),
    Ratio("`types` to supabase gen types", "types", ("supabase gen types",), 0.5),
    Ratio("`status` to a Python start and a connection", "status", (CONNECTION,), 2),
    Ratio("`status`, first look, to a Python start and a connection", "status, first look", (CONNECTION,), 2),
)
_EXPONENT, _KILOBYTES = 1.1, 60


def ratio_table(found: Found, sizes: Sequence[int]) -> Iterator[str]:
    """A line for each ratio; what is over its limit is bold."""
    yield "| |" + "".join(f" {size:,} |" for size in sizes) + " at most |"
    yield "| --- |" + " ---: |" * (len(sizes) + 1)
    for ratio in RATIOS:
        cells = "".join(_cell(ratio.at(found, size), ratio.limit) for size in sizes)
        yield f"| {ratio.title} |{cells} {ratio.limit:g} |"


def growth_table(found: Found, sizes: Sequence[int], jobs: Sequence[str]) -> Iterator[str]:
    """For each job the exponent between the two largest sizes (1: twice the entities, twice the time), and
    the memory for each entity more.
    """
    yield f"| | exponent, at most {_EXPONENT} | kB an entity, at most {_KILOBYTES} |"
    yield "| --- | ---: | ---: |"
    for job in jobs:
        measured = [size for size in sizes if (job, size) in found]
        if len(measured) > 1:
            ends = measured[-2:]
            small, large = (found[job, size] for size in ends)
            exponent = math.log(large.wall / small.wall) / math.log(ends[1] / ends[0])
            least = found[job, measured[0]]
            kilobytes = (large.memory - least.memory) / (ends[1] - measured[0]) / 1000
            yield f"| {job} |{_cell(exponent, _EXPONENT)}{_cell(kilobytes, _KILOBYTES)}"


def _cell(value: float | None, limit: float) -> str:
    if value is None:
        return " |"
    return f" **{value:.2f}** |" if value > limit else f" {value:.2f} |"
