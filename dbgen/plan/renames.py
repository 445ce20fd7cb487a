"""Renames: which steps they take, and which changes might be one without anybody having said so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from dbgen.model.requests import Decisions
from dbgen.model.schema import Check, ForeignKey, Index, Policy, PrimaryKey, Schema, Table, Trigger, Unique
from dbgen.names import derived
from dbgen.operations.base import Operation
from dbgen.operations.columns import RenameColumn
from dbgen.operations.constraints import RenameConstraint
from dbgen.operations.indexes import RenameIndex
from dbgen.operations.policies import RenamePolicy
from dbgen.operations.tables import RenameTable
from dbgen.operations.triggers import RenameTrigger
from dbgen.values import dataclass, replace

Child = PrimaryKey | Unique | Check | ForeignKey | Index | Policy | Trigger


def rename_sequence(renames: Mapping[str, str]) -> list[tuple[str, str]]:
    """Simultaneous renames one after the other: chains from their end, cycles through a name aside."""
    pending = {old: new for old, new in sorted(renames.items()) if old != new}
    steps: list[tuple[str, str]] = []
    while pending:
        free = next((old for old, new in pending.items() if new not in pending), None)
        if free is not None:
            steps.append((free, pending.pop(free)))
            continue
        old, new = next(iter(pending.items()))
        aside = derived(f"{old}__aside")
        steps.append((old, aside))
        del pending[old]
        pending[aside] = new
    return steps


@dataclass(frozen=True, slots=True)
class Renames:
    """The decided renames by old name; `columns` by the table's old name."""

    tables: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, decisions: Decisions, old: Schema) -> Renames:
        """Those whose old name the schema has."""
        known = {table.name: table for table in old.tables}
        tables = {r.old: r.new for r in decisions.tables if r.old in known}
        columns: dict[str, dict[str, str]] = {}
        for rename in decisions.columns:
            if rename.table in known and known[rename.table].has(rename.old):
                columns.setdefault(rename.table, {})[rename.old] = rename.new
        return cls(tables, columns)


def with_room(renames: Renames, old: Schema) -> Renames:
    """The renames with those that make room for them: what holds a name that is about to be taken, and is not
    renamed itself, steps aside until it is dropped.
    """
    tables, columns = dict(renames.tables), {name: dict(pairs) for name, pairs in renames.columns.items()}
    names = {table.name for table in old.tables}
    for taken in set(renames.tables.values()) & names - renames.tables.keys():
        tables[taken] = _aside(taken)
    for table in old.tables:
        pairs = columns.get(table.name, {})
        held = {column.name for column in table.columns} - pairs.keys()
        for taken in sorted(set(pairs.values()) & held):
            pairs[taken] = _aside(taken)
    return Renames(tables, columns)


def _aside(name: str) -> str:
    return derived(f"{name}__dropped")


def rename_operations(renames: Renames) -> list[Operation]:
    """Tables first, then columns, in the order in which they have to run."""
    steps: list[Operation] = [RenameTable(old, new) for old, new in rename_sequence(renames.tables)]
    for table in sorted(renames.columns):
        name = renames.tables.get(table, table)
        steps += [RenameColumn(name, old, new) for old, new in rename_sequence(renames.columns[table])]
    return steps


def derived_renames(middle: Schema, changed: Iterable[tuple[Table, Table]]) -> list[Operation]:
    """Keys, constraints, indexes, policies and triggers that are the same but for their names; `changed`: the
    tables of `middle` that become other ones.
    """
    pairs: dict[str, str] = {}
    owners: dict[str, Callable[[str, str], Operation]] = {}
    steps: list[Operation] = []
    for table, other in changed:
        keys, indexes = _matched(_keys(table), _keys(other)), _matched(table.indexes, other.indexes)
        # A key shares its name with the table's foreign keys and checks too: there it steps back.
        others = {key.name for key in table.foreign_keys} | {check.name for check in table.checks}
        keys = {old: name for old, name in keys.items() if name not in others}
        pairs |= keys | indexes
        owners |= dict.fromkeys(keys, partial(RenameConstraint, table.name))
        owners |= dict.fromkeys(indexes, partial(RenameIndex, table.name))
        steps += _own_renames(table, other)
    taken = {name for table in middle.tables for name in _relations(table)} - pairs.keys()
    for old, name in rename_sequence(_free(pairs, taken)):
        owners[name] = owners[old]
        steps.append(owners[old](old, name))
    return steps


def _own_renames(old: Table, new: Table) -> list[Operation]:
    """Of foreign keys and checks, which share their names with their table's other constraints only, and of
    policies and triggers.
    """
    pairs = _matched(old.foreign_keys, new.foreign_keys) | _matched(old.checks, new.checks)
    taken = {child.name for child in (*_keys(old), *old.foreign_keys, *old.checks)} - pairs.keys()
    return [
        *(RenameConstraint(old.name, a, b) for a, b in rename_sequence(_free(pairs, taken))),
        *(RenamePolicy(old.name, a, b) for a, b in _in_a_room(old.policies, new.policies)),
        *(RenameTrigger(old.name, a, b) for a, b in _in_a_room(old.triggers, new.triggers)),
    ]


def _in_a_room(old: tuple[Child, ...], new: tuple[Child, ...]) -> list[tuple[str, str]]:
    """Renames of children that share their names with none of another kind."""
    pairs = _matched(old, new)
    return rename_sequence(_free(pairs, {child.name for child in old} - pairs.keys()))


def _keys(table: Table) -> tuple[Child, ...]:
    return (*((table.primary_key,) if table.primary_key else ()), *table.uniques)


def _relations(table: Table) -> Iterable[str]:
    """The names that the table and its indexes take in the schema."""
    yield table.name
    yield from (child.name for child in (*_keys(table), *table.indexes))


def _matched(old: Iterable[Child], new: Iterable[Child]) -> dict[str, str]:
    before, after = tuple(old), tuple(new)
    same = set(before) & set(after)
    by_content = {_content(child): child.name for child in reversed(after) if child not in same}
    pairs = {}
    for child in before:
        if child not in same and (name := by_content.pop(_content(child), None)) is not None:
            pairs[child.name] = name
    return pairs


def _content(child: Child) -> Child:
    return replace(child, name="")


def _free(pairs: dict[str, str], taken: set[str]) -> dict[str, str]:
    """Without renames to a name that something else holds, and without those that wait for one."""
    while blocked := [old for old, new in pairs.items() if new in taken]:
        for old in blocked:
            del pairs[old]
            taken.add(old)
    return pairs


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A change that may be a rename: `old` went, `new` came. `table` is "" for tables; names of the
    previous snapshot on the old side.
    """

    table: str
    old: str
    candidates: tuple[str, ...]

    @property
    def old_name(self) -> str:
        """What `--rename` has on its left side."""
        return f"{self.table}.{self.old}" if self.table else self.old


def ambiguities(old: Schema, new: Schema, decisions: Decisions) -> tuple[Ambiguity, ...]:
    """Tables that went while one with at least half of their columns came, and columns that went while
    one of the same type came to the same table, where no rename says what became of them.
    """
    renames = Renames.of(decisions, old)
    after = {table.name: table for table in new.tables}
    before = {table.name: table for table in old.tables}
    came = after.keys() - set(renames.tables.values()) - (before.keys() - renames.tables.keys())
    result = []
    for table in old.tables:
        name = renames.tables.get(table.name, table.name)
        if name in after and name not in came:
            result += _columns(table, after[name], renames.columns.get(table.name, {}))
        elif table.name not in renames.tables:
            alike = [other for other in sorted(came) if _alike(table, after[other])]
            if alike:
                result.append(Ambiguity("", table.name, tuple(alike)))
    return tuple(result)


def _alike(old: Table, new: Table) -> bool:
    shared = {c.name for c in old.columns} & {c.name for c in new.columns}
    return 2 * len(shared) >= len(old.columns)


def _columns(old: Table, new: Table, renamed: Mapping[str, str]) -> list[Ambiguity]:
    if not renamed and {c.name for c in old.columns} <= {c.name for c in new.columns}:
        return []
    gone = [c for c in old.in_order if c.name not in renamed and not _stays(c.name, new, renamed)]
    came = [c for c in new.in_order if c.name not in renamed.values() and _came(c.name, old, renamed)]
    result = []
    for column in gone:
        same = tuple(other.name for other in came if other.type == column.type)
        if same:
            result.append(Ambiguity(old.name, column.name, same))
    return result


def _stays(name: str, new: Table, renamed: Mapping[str, str]) -> bool:
    return new.has(name) and name not in renamed.values()


def _came(name: str, old: Table, renamed: Collection[str]) -> bool:
    return not old.has(name) or name in renamed
