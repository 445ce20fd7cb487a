"""Which values of enums are renamed now: the old one was there, and the new one takes its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.inputs.renames import Renames
from dbgen.inputs.union import United
from dbgen.model import types
from dbgen.model.requests import FieldRequest, ValueRename
from dbgen.model.schema import Table
from dbgen.model.snapshot import Snapshot
from dbgen.sql import qualified


def value_renames(united: United, renames: Renames, previous: Snapshot) -> tuple[ValueRename, ...]:
    """The renames still to be done, in the names after this iteration's other renames, sorted."""
    if not any(wish.renamed_values for one in united.entities.values() for wish, _ in one.fields.values()):
        return ()
    tables = {table.name: table for table in previous.schema.tables}
    had = _values_before(previous)
    natives = {qualified(enum.name): enum.values for enum in previous.schema.enums}
    found: set[ValueRename] = set()
    shared: dict[str, set[tuple[str, str]]] = {}
    columns = list(_columns(united, renames, tables))
    for table, wish, old, kind in columns:
        before = natives.get(kind) or had.get(old, ())
        pairs = _settled(wish.renamed_values, before, wish.values)
        found |= {ValueRename(table, wish.column.name, *pair) for pair in pairs}
        if kind in natives:
            shared.setdefault(kind, set()).update(pairs)
    for table, wish, _, kind in columns:
        found |= {ValueRename(table, wish.column.name, *pair) for pair in shared.get(kind, ())}
    return tuple(sorted(found, key=lambda one: (one.table, one.column, one.old)))


def _columns(
    united: United, renames: Renames, tables: Mapping[str, Table]
) -> Iterable[tuple[str, FieldRequest, tuple[str, str], str]]:
    """The columns that were there: table, request, previous table and column, and the type's name."""
    for entity in united.entities.values():
        old = renames.old_table(entity.table, tables)
        for name, (wish, _) in entity.fields.items():
            column = renames.old_column(old.name, name) if old else None
            if old is not None and column is not None and old.has(column):
                yield entity.table, wish, (old.name, column), types.base(old.column(column).type)


def _settled(
    pairs: Iterable[tuple[str, str]], before: tuple[str, ...], now: tuple[str, ...]
) -> list[tuple[str, str]]:
    return [(a, b) for a, b in pairs if a in before and b not in before and a not in now and b in now]


def _values_before(previous: Snapshot) -> Mapping[tuple[str, str], tuple[str, ...]]:
    return {
        (entity.table, wish.column.name): wish.values
        for module in previous.modules
        for entity in module.entities
        for wish in entity.fields
        if wish.values
    }
