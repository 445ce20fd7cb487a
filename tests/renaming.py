"""Random renames of a schema's tables and columns (hypothesis)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from dbgen.model.requests import ColumnRename, TableRename
from dbgen.model.schema import Schema, Table
from dbgen.operations.base import run
from dbgen.plan.renames import Renames, rename_operations, with_room
from tests.change import Change


def rename_columns(change: Change) -> None:
    """A column gets a free name, another's name, or the two swap."""
    table = change.table()
    if table is None or any(r.table == _old_name(change, table.name) for r in change.decisions.columns):
        return
    if not table.columns or table.checks or any(i.where for i in table.indexes):
        return
    old = change.draw(st.sampled_from(table.columns)).name
    others = [c.name for c in table.columns if c.name != old]
    way = change.draw(st.sampled_from(("free", "swap", "chain")))
    pairs = {old: change.column_name(table)}
    if way != "free" and others:
        other = change.draw(st.sampled_from(others))
        pairs = {old: other, other: old if way == "swap" else change.column_name(table)}
    _rename(change, Renames({}, {table.name: pairs}))
    before = _old_name(change, table.name)
    decided = tuple(ColumnRename(str(before), a, b) for a, b in pairs.items())
    change.decisions = replace(change.decisions, columns=change.decisions.columns + decided)


def rename_table(change: Change) -> None:
    """A table gets another name."""
    table = change.table()
    if table is None or _old_name(change, table.name) != table.name or change.decisions.columns:
        return
    name = change.relation_name()
    _rename(change, Renames({table.name: name}, {}))
    rename = TableRename(table.name, name)
    change.decisions = replace(change.decisions, tables=(*change.decisions.tables, rename))


def _rename(change: Change, renames: Renames) -> None:
    room = with_room(renames, change.schema)
    moved = run(rename_operations(room), change.schema)
    for table in moved.tables:
        for column in table.columns:
            if column.name.endswith("__dropped"):
                moved = _without_column(moved, table.name, column.name)
    change.schema = moved


def _without_column(schema: Schema, name: str, column: str) -> Schema:
    table = schema.table(name)
    key = table.primary_key
    bare = replace(
        table,
        columns=tuple(c for c in table.columns if c.name != column),
        primary_key=None if key and column in key.columns else key,
        uniques=tuple(u for u in table.uniques if column not in u.columns),
        foreign_keys=tuple(k for k in table.foreign_keys if column not in k.columns),
        indexes=tuple(i for i in table.indexes if column not in i.columns),
    )
    tables = []
    for other in schema.with_table(bare).tables:
        keys = tuple(
            k
            for k in other.foreign_keys
            if not (k.inside and k.target == name and not _rests(bare, k.target_columns))
        )
        tables.append(replace(other, foreign_keys=keys))
    return replace(schema, tables=tuple(tables))


def _rests(table: Table, columns: tuple[str, ...]) -> bool:
    keys = [u.columns for u in table.uniques]
    keys += [table.primary_key.columns] if table.primary_key else []
    return any(set(key) == set(columns) for key in keys)


def _old_name(change: Change, name: str) -> str | None:
    for rename in change.decisions.tables:
        if rename.new == name:
            return rename.old
    return name
