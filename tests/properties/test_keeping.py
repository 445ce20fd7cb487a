"""The laws of keeping rows, on PostgreSQL: random schemas, changes, rows and edits, up, back and up again.

DBGEN_SEQUENCES says how many journeys (an hour has room for some ten thousand); without it a few fixed ones
are gone. The run prints how often each step was met, in each direction, on tables with rows.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dbgen.database.connection import connect
from dbgen.database.proof import prove
from dbgen.operations import keeping, mending
from dbgen.operations.keeper import everything
from dbgen.plan import make_plan
from dbgen.render.migration import Heading, migration, rollback
from tests.journeys import Journey, journeys
from tests.travel import Traveller

SEQUENCES = int(os.environ.get("DBGEN_SEQUENCES", "80"))
MUTANT_SEQUENCES = max(100, SEQUENCES // 10)
#: Steps that have to be met; on rows where they are about rows.
STEPS = """create_table drop_table add_column drop_column alter_column rename_column rename_table
    add_constraint drop_constraint add_foreign_key drop_foreign_key create_index drop_index keep_table
    change_row_security create_policy drop_policy create_trigger drop_trigger
    restore_table keep_columns restore_columns mend unmend before_cast after_cast mend_not_null
    unmend_not_null""".split()
_RELAXED = settings(
    max_examples=SEQUENCES,
    derandomize="DBGEN_SEQUENCES" not in os.environ,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    database=None,
    # Nobody waits for the smallest example of a run that is not meant to search.
    phases=(Phase.generate, *([Phase.shrink] if "DBGEN_SEQUENCES" in os.environ else [])),
)


@pytest.fixture
def url(database_url: str) -> str:
    """A database with the keeper for all journeys of a test, each of which undoes what it did."""
    with connect(database_url) as connection:
        connection.batch(everything())
    return database_url


def test_rows_survive_every_journey(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each migration applies, or stops and leaves all as it was; each rollback gives catalog and rows of its
    level, with edits kept; up again gives the rows of the top.
    """
    with connect(url) as connection:
        traveller = Traveller(connection)

        @_RELAXED
        @given(journeys())
        def every(journey: Journey) -> None:
            traveller.go(journey)

        every()
    with capsys.disabled():
        print(_report(traveller))
    for step in STEPS:
        met = [traveller.met[step, way, True] for way in ("forward", "rollback")]
        assert min(met) >= SEQUENCES // 200, f"{step} was met too rarely: {met}"
        assert sum(met), f"{step} was never met"


def _report(traveller: Traveller) -> str:
    lines = [f"\n{SEQUENCES} sequences; rows in the way: {dict(traveller.refused)}"]
    kinds = sorted({kind for kind, *_ in traveller.met})
    for kind in kinds:
        ways = (f"{way} {traveller.met[kind, way, True]}" for way in ("forward", "rollback"))
        lines.append(f"  {kind} on rows: {', '.join(ways)}")
    return "\n".join(lines)


def test_the_proof_finds_nothing_wrong_with_any_plan(url: str) -> None:
    """Made-up rows never stand in the way of a proof."""
    heading, rows = Heading(1, "m", "dbgen", "iter1_m"), Counter[bool]()
    with connect(url) as connection:

        @settings(_RELAXED, max_examples=max(25, SEQUENCES // 10))
        @given(journeys())
        def every(journey: Journey) -> None:
            before, after = journey.legs[0], journey.legs[1]
            plan = make_plan(before.schema, after.schema, after.decisions, iteration=1)
            texts = migration(plan, heading), rollback(plan, heading)
            proof = prove(connection, before.schema, after.schema, *texts, after.decisions)
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


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.long] * (name in _RARE)) for name in (*MUTANTS, *_EMPTY)],
)
def test_a_keeper_with_a_part_taken_out_fails(url: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The law above can fail."""
    if name in MUTANTS:
        MUTANTS[name](monkeypatch)
    with connect(url) as connection:
        connection.batch(_EMPTY.get(name, "SELECT"))

        many = MUTANT_SEQUENCES * (20 if name in _RARE else 1)

        @settings(_RELAXED, max_examples=many, derandomize=True, phases=[Phase.generate])
        @given(journeys())
        def every(journey: Journey) -> None:
            Traveller(connection).go(journey)

        with pytest.raises((AssertionError, BaseExceptionGroup)):
            every()
