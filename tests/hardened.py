"""Random journeys (hypothesis) on which audit and soft delete are turned on and off."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from dbgen.inputs.hardening import added_columns
from dbgen.inputs.naming import Namer
from dbgen.inputs.rules.audit import audited
from dbgen.inputs.rules.soft_delete import softly_deleted
from dbgen.model.requests import Rules
from dbgen.model.schema import Schema, Table
from tests.journeys import Journey, journeys

_ALL = Rules(include_audit=True, include_soft_delete=True)


@st.composite
def hardened_journeys(draw: st.DrawFn) -> Journey:
    """A journey, each iteration under rules of its own."""
    journey = draw(journeys())
    legs = tuple(
        replace(leg, schema=hardened(leg.schema, draw(st.booleans()), draw(st.booleans())))
        for leg in journey.legs
    )
    # Whoever forces row level security on a table's owner keeps the log from being written.
    return Journey(legs, tuple(other for other in journey.others if other[1] != "force"))


def hardened(schema: Schema, audit: bool, soft_delete: bool) -> Schema:
    """The schema as the rules make it, all of its tables being entities'."""
    rules = Rules(include_audit=audit, include_soft_delete=soft_delete)
    schema = replace(schema, tables=tuple(_with_columns(table, rules) for table in schema.tables))
    if soft_delete:
        schema = softly_deleted(schema, rules, frozenset(table.name for table in schema.tables))
    if audit and schema.tables:
        masked = {table.name: tuple(column.name for column in table.columns[:1]) for table in schema.tables}
        taken = [relation for table in schema.tables for relation in _relations(table)]
        assume("audit_log" not in taken)
        schema = audited(schema, rules, masked, Namer(taken))
    return schema


def _with_columns(table: Table, rules: Rules) -> Table:
    # What a column of this name has under other rules may have no cast to what it is without them.
    assume(not any(table.has(column.name) for column in added_columns(_ALL)))
    placed = (replace(column, position=200 + number) for number, column in enumerate(added_columns(rules)))
    return replace(table, columns=(*table.columns, *placed))


def _relations(table: Table) -> list[str]:
    keys = [table.primary_key.name] if table.primary_key else []
    return [table.name, *keys, *(u.name for u in table.uniques), *(i.name for i in table.indexes)]
