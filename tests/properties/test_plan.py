"""The laws of the plan, on the model and on PostgreSQL: few examples here, more by `-m slow`."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection, connect
from dbgen.database.script import joined
from dbgen.model.requests import Decisions
from dbgen.model.schema import Schema
from dbgen.model.snapshot import Snapshot, dumps, loads
from dbgen.operations.base import Operation, run, sql_of
from dbgen.plan import make_plan
from tests.changes import steps
from tests.guards import guarded_schemas

STEP = tuple[Schema, Schema, Decisions]


def examples(few: int, many: int = 100) -> pytest.MarkDecorator:
    """How many a test draws, with all other tests and by `-m slow`."""
    return pytest.mark.parametrize("count", [few, pytest.param(many, marks=pytest.mark.slow)])


@examples(15)
def test_a_schema_needs_nothing_to_become_itself(count: int) -> None:
    @settings(max_examples=count)
    @given(guarded_schemas())
    def law(schema: Schema) -> None:
        assert not make_plan(schema, schema)

    law()


@examples(15)
def test_a_snapshot_reads_back_equal(count: int) -> None:
    @settings(max_examples=count)
    @given(guarded_schemas())
    def law(schema: Schema) -> None:
        text = dumps(Snapshot(1, schema))
        assert loads(text, "x") == Snapshot(1, schema)
        assert dumps(loads(text, "x")) == text

    law()


@examples(15)
def test_a_plan_leads_to_any_other_schema_and_back(count: int) -> None:
    @settings(max_examples=count)
    @given(guarded_schemas(), guarded_schemas())
    def law(old: Schema, new: Schema) -> None:
        plan = make_plan(old, new)
        assert run(plan.operations, old) == new
        assert run(plan.backward, new) == old

    law()


@examples(25)
def test_a_plan_leads_through_renames_and_back(count: int) -> None:
    @settings(max_examples=count)
    @given(steps())
    def law(step: STEP) -> None:
        old, new, decisions = step
        plan = make_plan(old, new, decisions)
        assert run(plan.operations, old) == new
        assert run(plan.backward, new) == old
        assert all(op.inverse().inverse() == op for op in plan.operations)

    law()


@examples(25)
def test_a_plan_is_the_same_for_any_order_of_its_parts(count: int) -> None:
    @settings(max_examples=count)
    @given(steps(), st.randoms(use_true_random=False))
    def law(step: STEP, random: Random) -> None:
        old, new, decisions = step
        tables, columns, renames = list(new.tables), list(decisions.columns), list(decisions.tables)
        for part in (tables, columns, renames):
            random.shuffle(part)
        other = replace(new, tables=tuple(tables))
        same = replace(decisions, columns=tuple(columns), tables=tuple(renames))
        assert make_plan(old, other, same).operations == make_plan(old, new, decisions).operations

    law()


@examples(10, 60)
def test_postgresql_does_what_the_plan_says(server_url: str, count: int) -> None:
    """The catalog after the migration is that of a fresh database; after the rollback that of before."""
    with connect(server_url) as connection:

        @settings(max_examples=count)
        @given(steps())
        def law(step: STEP) -> None:
            old, new, decisions = step
            plan = make_plan(old, new, decisions)
            fresh = _within(connection, [make_plan(Schema(), new).operations])[-1]
            catalogs = _within(
                connection,
                [make_plan(Schema(), old).operations, plan.operations, plan.backward, plan.operations],
            )
            before, after, back, again = catalogs
            assert after == fresh
            assert back == before
            assert again == after

        law()


def _within(connection: Connection, scripts: list[tuple[Operation, ...]]) -> list[Schema]:
    """The catalogs after each script, all in one transaction that is undone."""
    connection.batch("BEGIN")
    try:
        result = []
        for operations in scripts:
            script = joined(statement.sql for statement in sql_of(operations))
            failure = connection.script(script) if script else None
            assert failure is None, ([step.describe() for step in operations], failure.message)
            result.append(read_schema(connection))
        return result
    finally:
        connection.roll_back()
