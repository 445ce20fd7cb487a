"""What an iteration left, and whether a rollback to it kept what was written above."""

from __future__ import annotations

from dataclasses import dataclass

from dbgen.database.catalog import Extra
from dbgen.database.comparison import kept_columns
from dbgen.database.rows import Rows
from dbgen.model.requests import Decisions
from dbgen.model.schema import Schema, Table
from dbgen.plan.renames import Renames, with_room


@dataclass(slots=True)
class Level:
    """What an iteration left, after the edits: catalog, rows, what others put there."""

    catalog: Schema
    rows: Rows
    extras: tuple[Extra, ...]
    published: list[str]
    edited: bool = False


def edits_are_kept(level: Level, before: Level, found: Level, decisions: Decisions, *, moved: bool) -> None:
    """After a rollback: rows written above are there as they were, and what had been dropped is back on the
    rows that are still there. `moved`: some rows went to the archive.
    """
    old, new = level.catalog, before.catalog
    renames = with_room(Renames.of(decisions, old), old)
    for table in old.tables:
        name = renames.tables.get(table.name, table.name)
        renamed = renames.columns.get(table.name, {})
        assert table.primary_key is not None
        key = table.primary_key.columns
        there = tuple(renamed.get(column, column) for column in key)
        if not new.has(name) or not _same_key(table, new.table(name), key, there):
            continue
        was, above = by_key(level.rows, table.name, key), by_key(before.rows, name, there)
        now = by_key(found.rows, table.name, key)
        assert moved or above.keys() <= now.keys(), f"rows of {table.name} are missing"
        kept = kept_columns(table, new.table(name), renamed, decisions)
        gone = [c.name for c in table.columns if not new.table(name).has(renamed.get(c.name, c.name))]
        for one, row in now.items():
            if one not in above:
                assert row == was.get(one), f"a row of {table.name} from nowhere"
                continue
            for column, column_above in kept:
                possible = (above[one][column_above], was.get(one, row)[column])
                assert row[column] in possible, f"{table.name}.{column} lost an edit"
            for column in gone:
                assert one not in was or row[column] == was[one][column], f"{table.name}.{column} is not back"


def by_key(
    rows: Rows, table: str, key: tuple[str, ...]
) -> dict[tuple[str | None, ...], dict[str, str | None]]:
    """The rows of a table as mappings, by their keys."""
    columns, values = rows.get(table, ((), ()))
    found = [dict(zip(columns, row, strict=True)) for row in values]
    return {tuple(row[column] for column in key): row for row in found}


def _same_key(old: Table, new: Table, key: tuple[str, ...], there: tuple[str, ...]) -> bool:
    if new.primary_key is None or new.primary_key.columns != there:
        return False
    return all(old.column(a).type == new.column(b).type for a, b in zip(key, there, strict=True))
