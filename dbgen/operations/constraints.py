"""Primary keys, unique constraints, checks: ADD CONSTRAINT, DROP CONSTRAINT, RENAME CONSTRAINT."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TypeVar

from dbgen.model.schema import Check, ForeignKey, PrimaryKey, Table, Unique
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.operations.renaming import RenameChild
from dbgen.sql import Danger, Hazard, Statement, alter_table, ident, idents, literal
from dbgen.values import dataclass, replace

Constraint = PrimaryKey | Unique | Check
C = TypeVar("C", PrimaryKey, Unique, Check, ForeignKey)


def _with(table: Table, constraint: Constraint) -> Table:
    match constraint:
        case PrimaryKey():
            return replace(table, primary_key=constraint)
        case Unique():
            return replace(table, uniques=(*table.uniques, constraint))
        case Check():
            return replace(table, checks=(*table.checks, constraint))


def _without(table: Table, constraint: Constraint) -> Table:
    match constraint:
        case PrimaryKey():
            return replace(table, primary_key=None)
        case Unique():
            return replace(table, uniques=tuple(u for u in table.uniques if u != constraint))
        case Check():
            return replace(table, checks=tuple(c for c in table.checks if c != constraint))


def _definition(constraint: Constraint) -> str:
    match constraint:
        case PrimaryKey():
            return f"PRIMARY KEY ({idents(constraint.columns)})"
        case Unique():
            return f"UNIQUE ({idents(constraint.columns)})"
        case Check():
            return f"CHECK ({constraint.expression})"


def _words(constraint: Constraint) -> str:
    match constraint:
        case PrimaryKey():
            return f"primary key ({', '.join(constraint.columns)})"
        case Unique():
            return f"unique constraint {constraint.name} ({', '.join(constraint.columns)})"
        case Check():
            return f"check {constraint.name}"


def _noted(table: str, key: PrimaryKey) -> Statement:
    """Lets those who keep values know what rows are known by, until there is another key."""
    noted = literal(json.dumps({table: key.columns}, ensure_ascii=False))
    return Statement(
        f"""DO $dbgen$
BEGIN
    PERFORM set_config('dbgen.keys',
        (coalesce(nullif(current_setting('dbgen.keys', true), ''), '{{}}')::jsonb || {noted})::text, true);
END
$dbgen$"""
    )


def _facts(table: str, constraint: Constraint) -> list[Fact]:
    facts: list[Fact] = [("constraint", table, constraint.name)]
    if not isinstance(constraint, Check):
        facts += [("relation", constraint.name), ("key", table, *sorted(constraint.columns))]
    return facts


@dataclass(frozen=True, slots=True)
class AddConstraint(Operation):
    """A key or a check on a table that is already there."""

    kind = "add_constraint"
    rank = 50
    name: str
    new: Constraint

    @property
    def object(self) -> str:
        return f"{self.name}.{self.new.name}"

    def apply(self, draft: Draft) -> None:
        draft.tables[self.name] = _with(draft.tables[self.name], self.new)

    def inverse(self) -> Operation:
        return DropConstraint(self.name, self.new)

    def statements(self) -> tuple[Statement, ...]:
        hazard = Hazard(Danger.MAY_FAIL, f"stops when rows of {self.name} break {self.new.name}")
        clause = f"ADD CONSTRAINT {ident(self.new.name)} {_definition(self.new)}"
        return (alter_table(self.name, clause, hazard),)

    def describe(self) -> str:
        return f"add {_words(self.new)} to {self.name}"

    def counts(self) -> Mapping[str, int]:
        return {"constraints": 1}

    def needs(self) -> Iterable[Fact]:
        yield from (("column", self.name, column) for column in self.new.columns)
        yield ("restored", self.name)
        yield ("mended", self.name, self.new.name)

    def makes(self) -> Iterable[Fact]:
        return _facts(self.name, self.new)


@dataclass(frozen=True, slots=True)
class DropConstraint(Operation):
    """A key or a check of a table that stays."""

    kind = "drop_constraint"
    rank = 15
    name: str
    old: Constraint

    @property
    def object(self) -> str:
        return f"{self.name}.{self.old.name}"

    def apply(self, draft: Draft) -> None:
        draft.tables[self.name] = _without(draft.tables[self.name], self.old)

    def inverse(self) -> Operation:
        return AddConstraint(self.name, self.old)

    def statements(self) -> tuple[Statement, ...]:
        drop = alter_table(self.name, f"DROP CONSTRAINT {ident(self.old.name)}")
        return (_noted(self.name, self.old), drop) if isinstance(self.old, PrimaryKey) else (drop,)

    def describe(self) -> str:
        return f"drop {_words(self.old)} of {self.name}"

    def counts(self) -> Mapping[str, int]:
        return {"constraints": 1}

    def makes(self) -> Iterable[Fact]:
        return (("dropped", self.name, self.old.name),)

    def removes(self) -> Iterable[Fact]:
        return _facts(self.name, self.old)

    def releases(self) -> Iterable[Fact]:
        return [("column", self.name, column) for column in self.old.columns]


@dataclass(frozen=True, slots=True)
class RenameConstraint(RenameChild):
    """RENAME CONSTRAINT, of any kind, foreign keys too."""

    kind = "rename_constraint"
    children = "constraints"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        key = table.primary_key
        draft.tables[self.name] = replace(
            table,
            primary_key=self._renamed(key) if key else None,
            uniques=tuple(self._renamed(u) for u in table.uniques),
            checks=tuple(self._renamed(c) for c in table.checks),
            foreign_keys=tuple(self._renamed(k) for k in table.foreign_keys),
        )

    def _renamed(self, constraint: C) -> C:
        return replace(constraint, name=self.new) if constraint.name == self.old else constraint

    def statements(self) -> tuple[Statement, ...]:
        clause = f"RENAME CONSTRAINT {ident(self.old)} TO {ident(self.new)}"
        return (alter_table(self.name, clause, alone=True),)

    def describe(self) -> str:
        return f"rename constraint {self.old} of {self.name} to {self.new}"
