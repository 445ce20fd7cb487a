"""Rows before and after: whether they are the same, and whether a migration kept what it had no part in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dbgen.database.rows import Rows
from dbgen.model.requests import Decisions
from dbgen.model.schema import Column, Schema, Table
from dbgen.plan.renames import Renames, with_room

Row = tuple[str | None, ...]


def first_difference(expected: Rows, found: Rows) -> str | None:
    """The first difference in words; tables without rows are as good as none."""
    for table in sorted(expected.keys() | found.keys()):
        columns, before = expected.get(table, ((), ()))
        other, after = found.get(table, (columns, ()))
        if before == after and (columns == other or not before):
            continue
        missing, surplus = Counter(before) - Counter(after), Counter(after) - Counter(before)
        words = [f"{_shown(columns, row)} is missing" for row in list(missing)[:1]]
        words += [f"{_shown(other, row)} is too much" for row in list(surplus)[:1]]
        return f"rows of {table}: {'; '.join(words) or 'the columns are others'}"
    return None


def lost_on_the_way(
    old: Schema, new: Schema, decisions: Decisions, before: Rows, after: Rows, moved: Mapping[str, int]
) -> str | None:
    """The first row that a migration changed where it had to leave it be, in words. `moved`: how many rows
    of each table (as it is called now) went to the archive.
    """
    renames = with_room(Renames.of(decisions, old), old)
    names = {table.name for table in new.tables}
    for table in old.tables:
        name = renames.tables.get(table.name, table.name)
        if name not in names or not before.get(table.name, ((), ()))[1]:
            continue
        now = new.table(name)
        kept = kept_columns(table, now, renames.columns.get(table.name, {}), decisions)
        was = _projected(before[table.name], [old_name for old_name, _ in kept])
        become = _projected(after[name], [new_name for _, new_name in kept])
        surplus, missing = become - was, (was - become).total()
        if surplus or missing > moved.get(name, 0):
            shown = next(iter(surplus or was - become))
            columns = tuple(new_name for _, new_name in kept)
            return f"rows of {name}: {_shown(columns, shown)} {'was another' if surplus else 'is missing'}"
    return None


def arrivals(
    old: Schema, new: Schema, decisions: Decisions
) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The tables that came, and the columns that came to the others."""
    renames = with_room(Renames.of(decisions, old), old)
    known = {renames.tables.get(table.name, table.name): table for table in old.tables}
    columns: list[tuple[str, str]] = []
    for table in new.tables:
        if table.name in known:
            before = known[table.name]
            renamed = renames.columns.get(before.name, {})
            held = {renamed.get(column.name, column.name) for column in before.columns}
            columns += [(table.name, column.name) for column in table.columns if column.name not in held]
    return frozenset(table.name for table in new.tables if table.name not in known), tuple(columns)


def kept_columns(
    old: Table, new: Table, renamed: Mapping[str, str], decisions: Decisions
) -> list[tuple[str, str]]:
    """The columns whose values nothing may change, as they were called and are called."""
    names = {column.name: renamed.get(column.name, column.name) for column in old.columns}
    return [
        (column.name, names[column.name])
        for column in old.columns
        if new.has(names[column.name])
        and _untouched(column, new.column(names[column.name]), new.name, decisions)
    ]


def _untouched(old: Column, new: Column, table: str, decisions: Decisions) -> bool:
    asked = decisions.conversion(table, new.name)
    if any((rename.table, rename.column) == (table, new.name) for rename in decisions.values):
        return False
    filled = old.nullable and not new.nullable
    return old.type == new.type and not filled and asked.using is None and asked.backfill is None


def _projected(rows: tuple[tuple[str, ...], tuple[Row, ...]], columns: list[str]) -> Counter[Row]:
    names, values = rows
    places = [names.index(column) for column in columns]
    return Counter(tuple(row[place] for place in places) for row in values)


def _shown(columns: tuple[str, ...], row: Row) -> str:
    parts = [f"{name} = {_short(value)}" for name, value in zip(columns, row, strict=False)]
    return f"({', '.join(parts[:6])}{', …' if len(parts) > 6 else ''})"


def _short(value: str | None) -> str:
    if value is None:
        return "NULL"
    return value if len(value) <= 30 else f"{value[:29]}…"
