"""The laws of keeping rows where audit and soft delete are turned on and off on the way: no step of a
migration or a rollback leaves an entry in the log, or moves a time.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dbgen.database.connection import connect
from dbgen.operations.keeper import everything
from dbgen.plan import make_plan
from dbgen.render.migration import Heading, migration, rollback
from tests.hardened import hardened_journeys
from tests.journeys import Journey
from tests.proofs import prove
from tests.travel import Traveller

_FEW = settings(
    max_examples=20,
    suppress_health_check=list(HealthCheck),
    deadline=None,
    database=None,
    phases=(Phase.generate,),
)


@pytest.mark.slow
def test_rows_survive_every_journey(database_url: str) -> None:
    """The same laws, with triggers that write."""
    with connect(database_url) as connection:
        connection.batch(everything())
        traveller = Traveller(connection)

        @_FEW
        @given(hardened_journeys())
        def every(journey: Journey) -> None:
            traveller.go(journey)

        every()
    for step in ("keep_table", "restore_table", "keep_columns", "restore_columns", "drop_trigger"):
        assert traveller.met[step, "forward", True], step
        assert traveller.met[step, "rollback", True], step


@pytest.mark.parametrize("examples", [6, pytest.param(15, marks=pytest.mark.slow)])
def test_the_proof_finds_nothing_wrong_with_any_plan(database_url: str, examples: int) -> None:
    """Neither with rules turned on nor with rules turned off, and it has rows to find it with."""
    heading, rows = Heading(1, "m", "dbgen", "iter1_m"), []
    with connect(database_url) as connection:
        connection.batch(everything())

        @settings(_FEW, max_examples=examples)
        @given(hardened_journeys())
        def every(journey: Journey) -> None:
            before, after = journey.legs[0], journey.legs[1]
            plan = make_plan(before.schema, after.schema, after.decisions, iteration=1)
            texts = migration(plan, heading), rollback(plan, heading)
            proof = prove(connection, before.schema, after.schema, *texts, after.decisions)
            rows.append(proof.rows > 0)

        every()
    assert sum(rows) > len(rows) // 4
