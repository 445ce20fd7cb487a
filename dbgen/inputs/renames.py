"""Which renames are still to be done: the old name is there, and the wish was not obeyed yet."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import field

from dbgen import names
from dbgen.errors import InputError
from dbgen.inputs.problems import did_you_mean
from dbgen.inputs.resolve import Resolved
from dbgen.inputs.world import World
from dbgen.model.requests import (
    ColumnRename,
    EntityRequest,
    JunctionRequest,
    TableRename,
)
from dbgen.model.schema import Schema, Table
from dbgen.model.snapshot import Snapshot
from dbgen.values import dataclass


@dataclass(slots=True)
class Renames:
    """What is renamed; `entities`: the current name of each renamed entity by its old key."""

    tables: dict[str, str] = field(default_factory=dict)
    columns: dict[tuple[str, str], str] = field(default_factory=dict)
    entities: dict[str, str] = field(default_factory=dict)

    def decisions(self) -> tuple[tuple[TableRename, ...], tuple[ColumnRename, ...]]:
        """As the model says it, sorted."""
        return (
            tuple(TableRename(old, new) for old, new in sorted(self.tables.items())),
            tuple(ColumnRename(table, old, new) for (table, old), new in sorted(self.columns.items())),
        )

    def old_table(self, new: str, previous: Mapping[str, Table]) -> Table | None:
        """The previous table of one that is called `new` now."""
        for old, current in self.tables.items():
            if current == new:
                return previous.get(old)
        return previous.get(new) if new not in self.tables else None

    def old_column(self, table: str, new: str) -> str | None:
        """The previous name of a column of a table by its previous name; None where that name moved on."""
        for (owner, old), current in self.columns.items():
            if owner == table and current == new:
                return old
        return None if (table, new) in self.columns else new


def settle(wishes: Mapping[str, str], there: Iterable[str], wanted: Container[str]) -> dict[str, str]:
    """New name → old name, without those whose names are both there and both wanted.

    A new name that is there while the old one is wanted no more takes its place.
    """
    left, existing = dict(wishes), set(there)
    while True:
        sources = set(left.values())
        done = [new for new, old in left.items() if new in existing - sources and old in wanted]
        if not done:
            return left
        for new in done:
            del left[new]


def find_renames(
    resolved: Sequence[Resolved], previous: Snapshot, flags: Sequence[str], world: World
) -> Renames:
    """The renames that files and `--rename` flags ask for, against the previous snapshot.

    Raises `InputError` for a flag that names nothing.
    """
    found = Renames()
    tables = {table.name: table for table in previous.schema.tables}
    if not previous.modules and not tables and not flags:
        _warn_about_all(resolved, world)
        return found
    _entities(resolved, previous, tables, found, world)
    for flag in flags:
        _flag(flag, resolved, previous.schema, found)
    _columns(resolved, previous, tables, found, world)
    _junctions(resolved, previous, tables, found)
    return found


def _warn_about_all(resolved: Sequence[Resolved], world: World) -> None:
    for one in resolved:
        for entity in one.request.entities:
            if entity.renamed_from:
                _never(
                    f"The entity {entity.renamed_from}, renamed to {entity.entity},",
                    one,
                    (entity.table, ""),
                    world,
                )
            for wish in entity.fields:
                if wish.renamed_from:
                    what = f"{entity.entity}.{wish.renamed_from}, renamed to {wish.column.name},"
                    _never(what, one, (entity.table, wish.column.name), world)


def _never(what: str, one: Resolved, at: tuple[str, str], world: World) -> None:
    source, path = one.sources.get(at, (None, ()))
    world.warn(f"{what} was never there", source, path, "RENAME")


def _entities(
    resolved: Sequence[Resolved],
    previous: Snapshot,
    tables: Mapping[str, Table],
    found: Renames,
    world: World,
) -> None:
    before = {names.key(one.entity): one for module in previous.modules for one in module.entities}
    obeyed = {(names.key(one.entity), one.renamed_from) for m in previous.modules for one in m.entities}
    wishes: dict[str, str] = {}
    current: dict[str, EntityRequest] = {}
    for one in resolved:
        for entity in one.request.entities:
            key = names.key(entity.entity)
            current.setdefault(key, entity)
            if entity.renamed_from is None or (key, entity.renamed_from) in obeyed:
                continue
            if names.key(entity.renamed_from) in before:
                wishes[key] = names.key(entity.renamed_from)
            elif key not in before:
                _never(
                    f"The entity {entity.renamed_from}, renamed to {entity.entity},",
                    one,
                    (entity.table, ""),
                    world,
                )
    settled = settle(wishes, before, current)
    for key, entity in sorted(current.items()):
        old = before.get(settled.get(key, key))
        if key in settled and old is not None:
            found.entities[names.key(old.entity)] = entity.entity
        elif key in settled.values():
            continue
        if old is not None and old.table != entity.table and old.table in tables:
            found.tables[old.table] = entity.table


def _flag(flag: str, resolved: Sequence[Resolved], schema: Schema, found: Renames) -> None:
    left, equals, right = (part.strip() for part in flag.partition("="))
    if not equals or not left or not right:
        raise InputError(
            "INPUT_INVALID",
            f"--rename {flag}: expected OLD=NEW",
            hint="For example --rename accounts.name=display_name or --rename clients=accounts.",
        )
    wanted = {entity.table: entity for one in resolved for entity in one.request.entities}
    wanted_tables = [*wanted, *(junction.table for one in resolved for junction in one.request.junctions)]
    if schema.has(left):
        _expect(flag, right, wanted_tables, "no table")
        found.tables[left] = right
        return
    table, _, column = left.rpartition(".")
    if not schema.has(table) or not schema.table(table).has(column):
        if right in wanted_tables and schema.has(right):
            return
        owned = [f"{one.name}.{c.name}" for one in schema.tables for c in one.columns] if table else []
        raise InputError(
            "INPUT_INVALID",
            f"--rename {flag}: the previous iteration has no {left}",
            hint=did_you_mean(left, [*(one.name for one in schema.tables), *owned]),
        )
    new = found.tables.get(table, table)
    bare = right.removeprefix(f"{new}.").removeprefix(f"{table}.")
    entity = wanted.get(new)
    _expect(flag, bare, [one.column.name for one in entity.fields] if entity else [], f"{new} no column")
    found.columns[table, column] = bare


def _expect(flag: str, name: str, known: Sequence[str], what: str) -> None:
    if name not in known:
        message = f"--rename {flag}: the inputs give {what} {name}"
        raise InputError("INPUT_INVALID", message, hint=did_you_mean(name, known))


def _columns(
    resolved: Sequence[Resolved],
    previous: Snapshot,
    tables: Mapping[str, Table],
    found: Renames,
    world: World,
) -> None:
    obeyed = {
        (entity.table, wish.column.name, wish.renamed_from)
        for module in previous.modules
        for entity in module.entities
        for wish in entity.fields
        if wish.renamed_from
    }
    wishes: dict[str, dict[str, str]] = {}
    wanted: dict[str, set[str]] = {}
    for one in resolved:
        for entity in one.request.entities:
            table = None
            for wish in entity.fields:
                if wish.renamed_from is None:
                    continue
                table = table or found.old_table(entity.table, tables)
                new = wish.column.name
                if table is not None and (table.name, new, wish.renamed_from) in obeyed:
                    continue
                columns = {names.key(c.name): c.name for c in table.columns} if table else {}
                old = columns.get(names.key(wish.renamed_from))
                if table is not None and old is not None:
                    if old != new:
                        wishes.setdefault(table.name, {})[new] = old
                        wanted.setdefault(table.name, set()).update(f.column.name for f in entity.fields)
                elif table is None or not table.has(new):
                    what = f"{entity.entity}.{wish.renamed_from}, renamed to {new},"
                    _never(what, one, (entity.table, new), world)
    for name, own in wishes.items():
        there = (column.name for column in tables[name].columns)
        _take(name, settle(own, there, wanted[name]), found, world)


def _take(table: str, settled: Mapping[str, str], found: Renames, world: World) -> None:
    for new, old in sorted(settled.items()):
        other = found.columns.setdefault((table, old), new)
        if other != new:
            world.problems.add(f"{table}.{old} cannot be renamed both to {other} and to {new}")


def _junctions(
    resolved: Sequence[Resolved], previous: Snapshot, tables: Mapping[str, Table], found: Renames
) -> None:
    """A table between renamed entities follows them where its name is made of theirs."""

    def pair(junction: JunctionRequest, mapped: bool) -> frozenset[str]:
        keys = [names.key(one) for one in junction.entities]
        return frozenset(names.key(found.entities.get(key, key)) if mapped else key for key in keys)

    before: dict[frozenset[str], dict[str, JunctionRequest]] = {}
    for module in previous.modules:
        for junction in module.junctions:
            before.setdefault(pair(junction, True), {})[junction.table] = junction
    for one in resolved:
        for junction in one.request.junctions:
            old = list(before.get(pair(junction, False), {}).values())
            if len(old) != 1 or old[0].table not in tables or not found.entities:
                continue
            if old[0].table != junction.table:
                found.tables.setdefault(old[0].table, junction.table)
            for was, now in zip(old[0].columns, junction.columns, strict=True):
                if was != now and was not in junction.columns:
                    found.columns.setdefault((old[0].table, was), now)
