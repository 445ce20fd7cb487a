"""ADD and DROP of foreign keys: always steps of their own, after the tables and before their end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model.schema import ForeignKey
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.sql import Danger, Hazard, Statement, alter_table, ident, idents, qualified
from dbgen.values import dataclass, replace


def _target(key: ForeignKey) -> str:
    schema = "" if key.inside else f"{key.target_schema}."
    return f"{schema}{key.target} ({', '.join(key.target_columns)})"


def _target_facts(key: ForeignKey) -> list[Fact]:
    if not key.inside:
        return []
    columns: list[Fact] = [("column", key.target, column) for column in key.target_columns]
    return [("table", key.target), ("key", key.target, *sorted(key.target_columns)), *columns]


@dataclass(frozen=True, slots=True)
class AddForeignKey(Operation):
    """A foreign key on a table that is already there."""

    kind = "add_foreign_key"
    name: str
    new: ForeignKey

    @property
    def rank(self) -> int:  # type: ignore[override]  # depends on the target
        return 95 if self.blocks_others else 60

    @property
    def blocks_others(self) -> bool:
        # A lock on auth.users makes sign-ins wait.
        return not self.new.inside

    @property
    def object(self) -> str:
        return f"{self.name}.{self.new.name}"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        draft.tables[self.name] = replace(table, foreign_keys=(*table.foreign_keys, self.new))

    def inverse(self) -> Operation:
        return DropForeignKey(self.name, self.new)

    def statements(self) -> tuple[Statement, ...]:
        key = self.new
        action = "" if key.on_delete == "NO ACTION" else f" ON DELETE {key.on_delete}"
        clause = (
            f"ADD CONSTRAINT {ident(key.name)} FOREIGN KEY ({idents(key.columns)}) "
            f"REFERENCES {qualified(key.target, key.target_schema)} ({idents(key.target_columns)}){action}"
        )
        hazard = Hazard(Danger.MAY_FAIL, f"stops when rows of {self.name} point to nothing in {key.target}")
        return (alter_table(self.name, clause, hazard, lock="SHARE ROW EXCLUSIVE"),)

    def describe(self) -> str:
        key = self.new
        return f"add foreign key {self.name} ({', '.join(key.columns)}) to {_target(key)}"

    def counts(self) -> Mapping[str, int]:
        return {"constraints": 1}

    def needs(self) -> Iterable[Fact]:
        yield ("table", self.name)
        yield from (("column", self.name, column) for column in self.new.columns)
        yield from _target_facts(self.new)
        yield ("restored", self.name)
        yield ("restored", self.new.target)
        yield ("mended", self.name, self.new.name)

    def makes(self) -> Iterable[Fact]:
        return (("constraint", self.name, self.new.name),)


@dataclass(frozen=True, slots=True)
class DropForeignKey(Operation):
    """The end of a foreign key."""

    kind = "drop_foreign_key"
    name: str
    old: ForeignKey

    @property
    def rank(self) -> int:  # type: ignore[override]  # depends on the target
        return 94 if self.blocks_others else 10

    @property
    def blocks_others(self) -> bool:
        # Its end locks auth.users against reading too.
        return not self.old.inside

    @property
    def object(self) -> str:
        return f"{self.name}.{self.old.name}"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        kept = tuple(key for key in table.foreign_keys if key.name != self.old.name)
        draft.tables[self.name] = replace(table, foreign_keys=kept)

    def inverse(self) -> Operation:
        return AddForeignKey(self.name, self.old)

    def statements(self) -> tuple[Statement, ...]:
        return (alter_table(self.name, f"DROP CONSTRAINT {ident(self.old.name)}"),)

    def describe(self) -> str:
        return f"drop foreign key {self.name} ({', '.join(self.old.columns)}) to {_target(self.old)}"

    def counts(self) -> Mapping[str, int]:
        return {"constraints": 1}

    def makes(self) -> Iterable[Fact]:
        return (("dropped", self.name, self.old.name),)

    def removes(self) -> Iterable[Fact]:
        return (("constraint", self.name, self.old.name),)

    def releases(self) -> Iterable[Fact]:
        yield ("table", self.name)
        yield from (("column", self.name, column) for column in self.old.columns)
        yield from _target_facts(self.old)
        yield ("kept", self.name)
        yield ("kept", self.old.target)
