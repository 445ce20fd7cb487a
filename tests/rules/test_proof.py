"""The proof of tables that triggers watch: with rows, and with the rows that were made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbgen.database.connection import connect
from dbgen.database.rows import PLENTY
from dbgen.model.schema import Schema
from dbgen.plan import make_plan
from dbgen.render.migration import Heading, migration, rollback
from tests.inputs.workspaces import ID, Workspace
from tests.proofs import prove

HEADING = Heading(1, "m", "dbgen", "iter1_m")


def _schema(workspace: Workspace, rules: bool, *fields: str) -> Schema:
    """Two tables, one of which points to the other."""
    books = {"id": ID, "shelfId": {"type": "uuid", "foreignKey": "Shelf.id"}}
    workspace.entities(Shelf={"id": ID, **{name: {"type": "string"} for name in fields}}, Book=books)
    workspace.module("entities: [Shelf, Book]")
    workspace.rules(includeAudit=rules, includeSoftDelete=rules)
    return workspace.read().schema


@pytest.mark.parametrize(
    ("before", "after", "tables"),
    [((True, "a"), (True, "b"), 3), ((False, "a"), (True, "b"), 3), ((True, "a"), (False, "b"), 3)],
    ids=["on", "turned on", "turned off"],
)
def test_rows_are_proven(
    database_url: str, tmp_path: Path, before: tuple[bool, str], after: tuple[bool, str], tables: int
) -> None:
    workspace = Workspace(tmp_path)
    old, new = _schema(workspace, *before), _schema(workspace, *after)
    plan = make_plan(old, new, iteration=1)
    with connect(database_url) as connection:
        proof = prove(connection, old, new, migration(plan, HEADING), rollback(plan, HEADING))
    assert proof.rows == PLENTY * tables


def test_a_check_over_tables_in_a_circle_is_proven_with_rows(database_url: str, tmp_path: Path) -> None:
    """Rows that the CHECK, the unique index or the enum refuses could not be moved away."""
    workspace = Workspace(tmp_path)
    size = {"type": "integer", "constraints": {"min": 10}}
    book = {"id": ID, "shelfId": {"type": "uuid", "foreignKey": "Shelf.id"}, "title": {"type": "text"}}
    state = {"type": "enum", "values": ["new", "old"]}
    shelf = {"id": ID, "size": size, "state": state, "bestId": {"type": "uuid", "foreignKey": "Book.id"}}
    indexes = [{"fields": ["shelfId", "title"], "unique": True}]
    workspace.busm({"entities": {"Shelf": {"fields": shelf}, "Book": {"fields": book, "indexes": indexes}}})
    workspace.module("entities: [Shelf, Book]")
    old = workspace.read().schema
    workspace.rules(includeConstraints=True, includeIndexes="full", enumStyle="native")
    plan = make_plan(old, new := workspace.read().schema, iteration=1)
    with connect(database_url) as connection:
        proof = prove(connection, old, new, migration(plan, HEADING), rollback(plan, HEADING))
    assert proof.rows == PLENTY * 2
