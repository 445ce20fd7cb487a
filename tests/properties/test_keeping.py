"""The laws of keeping rows, on PostgreSQL: random schemas, changes, rows and edits, up, back and up again.

A few journeys are gone with all other tests, a thousand by `-m sequences`, twenty thousand by `-m long`. The
run prints how often each step was met, in each direction, on tables with rows, and wants a minimum of each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings

from dbgen.database.connection import connect
from dbgen.database.proof import Refused
from dbgen.operations import keeping, mending
from dbgen.plan import make_plan
from dbgen.render.migration import Heading, migration, rollback
from tests.journeys import Journey, journeys
from tests.proofs import prove
from tests.sequences import Tally, shares, travel


def test_rows_survive_every_journey(server_url: str) -> None:
    """Each migration applies, or stops and leaves all as it was; each rollback gives catalog and rows of its
    level, with edits kept; up again gives the rows of the top.
    """
    assert travel(server_url, 0, 5).sequences > 0


@pytest.mark.parametrize(
    "sequences",
    [pytest.param(1000, marks=pytest.mark.sequences), pytest.param(20_000, marks=pytest.mark.long)],
)
def test_rows_survive_many_journeys(
    server_url: str, sequences: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same, so often that every step is met many times."""
    tally = Tally()
    for share in shares(server_url, sequences):
        tally.add(share)
        with capsys.disabled():
            print(f"{tally.sequences} of {sequences} sequences", flush=True)
    with capsys.disabled():
        print(tally)
    assert not tally.failures, "\n\n".join(tally.failures)
    assert tally.rare(sequences // 50) == []


@pytest.mark.parametrize("examples", [8, pytest.param(25, marks=pytest.mark.slow)])
def test_the_proof_finds_nothing_wrong_with_any_plan(database_url: str, examples: int) -> None:
    """Made-up rows never stand in the way of a proof."""
    heading, rows = Heading(1, "m", "dbgen", "iter1_m"), Counter[bool]()
    with connect(database_url) as connection:

        @settings(max_examples=examples)
        @given(journeys())
        def every(journey: Journey) -> None:
            before, after = journey.legs[0], journey.legs[1]
            plan = make_plan(before.schema, after.schema, after.decisions, iteration=1)
            texts = migration(plan, heading), rollback(plan, heading)
            try:
                proof = prove(connection, before.schema, after.schema, *texts, after.decisions)
            except Refused as refused:
                # Policies that are drawn may lead in a circle, and that has to be found.
                if refused.failure.sqlstate != "DG003":
                    raise
                return
            rows[bool(proof.rows)] += 1

        every()
    assert rows[True] > rows[False] // 2


def _no_statements(_: object) -> tuple[()]:
    return ()


#: Parts of the keeper that do nothing.
_EMPTY = {
    "advance": """CREATE OR REPLACE FUNCTION dbgen.advance(_table regclass) RETURNS void
        LANGUAGE sql AS $$SELECT$$""",
    "enter": """CREATE OR REPLACE FUNCTION dbgen.enter(_table regclass) RETURNS jsonb LANGUAGE sql AS
        $$SELECT '{"force": false, "keyless": false, "triggers": {}}'::jsonb$$""",
    "copy_back": """CREATE OR REPLACE FUNCTION dbgen.copy_back(
        _entry dbgen.archive, _fresh regclass, _kept regclass) RETURNS void LANGUAGE sql AS $$SELECT$$""",
}
MUTANTS: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
    "no table comes back": lambda p: p.setattr(keeping.RestoreTable, "statements", _no_statements),
    "no column comes back": lambda p: p.setattr(keeping.RestoreColumns, "statements", _no_statements),
    "no value comes back": lambda p: p.setattr(mending.Unmend, "statements", _no_statements),
    "an inverse that is none": lambda p: p.setattr(keeping.KeepTable, "inverse", lambda self: self),
}


#: Parts that few journeys need: it takes many to miss them.
_RARE = frozenset({"no value comes back", "advance"})


@pytest.mark.slow
@pytest.mark.parametrize("name", [*MUTANTS, *_EMPTY])
def test_a_keeper_with_a_part_taken_out_fails(
    server_url: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The law above can fail."""
    if name in MUTANTS:
        MUTANTS[name](monkeypatch)
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        travel(server_url, 0, 2000 if name in _RARE else 100, _EMPTY.get(name, "SELECT"))
