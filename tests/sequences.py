"""Many journeys, in shares that processes of their own go, each share over a database of its own: the
catalogs of one in which thousands of tables came and went become slow.
"""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings

from dbgen.database.connection import connect
from dbgen.database.embedded import create_throwaway, drop_throwaway
from dbgen.errors import DbgenError
from dbgen.operations.keeper import everything
from tests.journeys import Journey, journeys
from tests.travel import Traveller

#: Another number looks for other examples; the same number finds the same ones.
RANDOM = int(os.environ.get("DBGEN_RANDOM", "0"))
SHARE = 50
WAYS = ("forward", "rollback")
#: Steps that have to be met in both directions, on tables with rows.
STEPS = """create_table drop_table add_column drop_column alter_column rename_column rename_table
    add_constraint drop_constraint add_foreign_key drop_foreign_key create_index drop_index keep_table
    change_row_security create_policy drop_policy create_trigger drop_trigger restore_table
    keep_columns restore_columns mend unmend before_cast after_cast mend_not_null
    unmend_not_null alter_enum""".split()


@dataclass(slots=True)
class Tally:
    """What journeys met: (step's kind, direction, whether on rows), and how often rows stood in the way."""

    sequences: int = 0
    met: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """The other's, too."""
        self.sequences += other.sequences
        self.met += other.met
        self.refused += other.refused
        self.failures += other.failures

    def rare(self, least: int) -> list[str]:
        """Steps that were met on rows less often, in words."""
        return [
            f"{step} {way}: {self.met[step, way, True]}"
            for step in STEPS
            for way in WAYS
            if self.met[step, way, True] < least
        ]

    def __str__(self) -> str:
        lines = [f"\n{self.sequences} sequences ({RANDOM}); rows in the way: {dict(self.refused)}"]
        for kind in sorted({kind for kind, *_ in self.met}):
            ways = (f"{way} {self.met[kind, way, True]} + {self.met[kind, way, False]}" for way in WAYS)
            lines.append(f"  {kind}, on rows + without: {', '.join(ways)}")
        return "\n".join(lines)


def travel(server_url: str, share: int, count: int, statement: str = "SELECT") -> Tally:
    """Goes the journeys of a share, after the statement; raises what the first that fails raises."""
    url = create_throwaway(server_url)
    # Nobody waits for the smallest example of a run that is not meant to search.
    phases = (Phase.generate, *([Phase.shrink] if RANDOM else []))
    try:
        with connect(url) as connection:
            connection.batch(everything())
            connection.batch(statement)
            traveller = Traveller(connection)

            @seed(f"{RANDOM}-{share}")
            @settings(
                max_examples=count,
                suppress_health_check=list(HealthCheck),
                deadline=None,
                database=None,
                phases=phases,
            )
            @given(journeys())
            def every(journey: Journey) -> None:
                traveller.go(journey)

            every()
            return Tally(traveller.journeys, traveller.met, traveller.refused)
    finally:
        drop_throwaway(url)


def attempt(server_url: str, share: int, count: int) -> Tally:
    """As `travel`; what fails is told in the tally, so that the other shares go on."""
    try:
        return travel(server_url, share, count)
    except (AssertionError, DbgenError, ExceptionGroup) as error:
        return Tally(failures=[f"share {share}: {''.join(traceback.format_exception(error, limit=-2))}"])


def shares(server_url: str, sequences: int) -> Iterator[Tally]:
    """Goes that many journeys, on all processors; gives what each share met, as it is done."""
    processes = int(os.environ.get("DBGEN_PROCESSES", os.cpu_count() or 1))
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        futures = [pool.submit(attempt, server_url, n, SHARE) for n in range(-(-sequences // SHARE))]
        try:
            for done in as_completed(futures):
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)
