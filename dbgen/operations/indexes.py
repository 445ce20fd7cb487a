"""CREATE INDEX, DROP INDEX, and their renames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model.schema import Index
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.operations.renaming import RenameChild
from dbgen.sql import Danger, Hazard, Statement, ident, idents, names_in, qualified
from dbgen.values import dataclass, replace


def index_statement(table: str, index: Index, *, fresh: bool = False, if_missing: bool = False) -> Statement:
    """The CREATE INDEX of an index; `if_missing` it may be there. Nobody waits for a `fresh` table."""
    unique, missing = "UNIQUE " if index.unique else "", "IF NOT EXISTS " if if_missing else ""
    using = "" if index.method == "btree" else f" USING {ident(index.method)}"
    where = f" WHERE {index.where}" if index.where else ""
    indexed = idents(index.columns) if index.expression is None else f"({index.expression})"
    on = f"{qualified(table)}{using} ({indexed})"
    sql = f"CREATE {unique}INDEX {missing}{ident(index.name)} ON {on}{where}"
    if fresh:
        return Statement(sql)
    hazards = (Hazard(Danger.BLOCKS, f"writes to {table} wait until the index is built"),)
    return Statement(sql, hazards, "SHARE")


def _words(index: Index) -> str:
    return ", ".join(index.columns) if index.expression is None else index.expression


def _columns(table: str, index: Index) -> list[Fact]:
    """The columns that are indexed, and those that a predicate reads: a name that is none orders nothing."""
    return [("column", table, column) for column in sorted({*index.columns, *names_in(index.where)})]


@dataclass(frozen=True, slots=True)
class CreateIndex(Operation):
    """CREATE INDEX on a table that is already there."""

    kind = "create_index"
    rank = 55
    name: str
    new: Index

    @property
    def object(self) -> str:
        return f"{self.name}.{self.new.name}"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        draft.tables[self.name] = replace(table, indexes=(*table.indexes, self.new))

    def inverse(self) -> Operation:
        return DropIndex(self.name, self.new)

    def statements(self) -> tuple[Statement, ...]:
        return (index_statement(self.name, self.new),)

    def describe(self) -> str:
        unique = "unique index" if self.new.unique else "index"
        return f"create {unique} {self.new.name} on {self.name} ({_words(self.new)})"

    def counts(self) -> Mapping[str, int]:
        return {"indexes": 1}

    def needs(self) -> Iterable[Fact]:
        return _columns(self.name, self.new)

    def makes(self) -> Iterable[Fact]:
        return (("relation", self.new.name),)


@dataclass(frozen=True, slots=True)
class DropIndex(Operation):
    """DROP INDEX on a table that stays."""

    kind = "drop_index"
    rank = 15
    name: str
    old: Index

    @property
    def object(self) -> str:
        return f"{self.name}.{self.old.name}"

    def apply(self, draft: Draft) -> None:
        table = draft.tables[self.name]
        kept = tuple(index for index in table.indexes if index.name != self.old.name)
        draft.tables[self.name] = replace(table, indexes=kept)

    def inverse(self) -> Operation:
        return CreateIndex(self.name, self.old)

    def statements(self) -> tuple[Statement, ...]:
        return (Statement(f"DROP INDEX {qualified(self.old.name)}", lock="ACCESS EXCLUSIVE"),)

    def describe(self) -> str:
        return f"drop index {self.old.name} on {self.name}"

    def counts(self) -> Mapping[str, int]:
        return {"indexes": 1}

    def removes(self) -> Iterable[Fact]:
        return (("relation", self.old.name),)

    def releases(self) -> Iterable[Fact]:
        return _columns(self.name, self.old)


@dataclass(frozen=True, slots=True)
class RenameIndex(RenameChild):
    """ALTER INDEX … RENAME TO."""

    kind = "rename_index"
    children = "indexes"

    def statements(self) -> tuple[Statement, ...]:
        sql = f"ALTER INDEX {qualified(self.old)} RENAME TO {ident(self.new)}"
        return (Statement(sql, lock="SHARE UPDATE EXCLUSIVE"),)

    def describe(self) -> str:
        return f"rename index {self.old} to {self.new}"
