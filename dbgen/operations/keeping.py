"""Keeping rows: into `dbgen_archive` before they would be lost, and back by the opposite step.

The work is done by the functions in `keeper/`; they look when they run and do nothing where nothing is to be
done. What iteration n's migration takes comes back when n is rolled back, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TypeVar

from dbgen.model.schema import Column
from dbgen.operations.base import Draft, Fact, Moment, Operation
from dbgen.sql import Argument, Statement, alter_table, call, ident
from dbgen.values import dataclass

K = TypeVar("K", bound="Keeping")


class Keeping(Operation):
    """Steps that change rows and no schema."""

    __slots__ = ()
    moment: Moment
    name: str

    @property
    def object(self) -> str:
        return self.name

    def apply(self, draft: Draft) -> None:
        """The schema stays as it is."""

    def turned(self, other: type[K]) -> K:
        """The step the other way, which has the same fields."""
        return other(*(getattr(self, field.name) for field in fields(self)))  # type: ignore[arg-type]  # steps are dataclasses

    def call(
        self, function: str, *arguments: Argument, guarded: bool, lock: str = "ROW EXCLUSIVE"
    ) -> Statement:
        """A call of one of the keeper's functions, which is told when and where first. What fills rows or
        moves them away locks as `SETTLING` says, so that nobody writes beside it.
        """
        where = (self.moment.iteration, self.moment.direction, self.name)
        return call(function, *where, *arguments, guarded=guarded, lock=lock)


#: See `Keeping.call`.
SETTLING = "SHARE ROW EXCLUSIVE"


@dataclass(frozen=True, slots=True)
class KeepTable(Keeping):
    """A table's rows, before it is dropped: the table itself moves, whatever its size."""

    kind = "keep_table"
    rank = 75
    moment: Moment
    name: str

    def inverse(self) -> Operation:
        return self.turned(RestoreTable)

    def statements(self) -> tuple[Statement, ...]:
        return (self.call("keep_table", guarded=False, lock="ACCESS EXCLUSIVE"),)

    def describe(self) -> str:
        return f"keep the rows of {self.name} in dbgen_archive"

    def removes(self) -> Iterable[Fact]:
        return (("kept", self.name),)

    def releases(self) -> Iterable[Fact]:
        return (("table", self.name),)


@dataclass(frozen=True, slots=True)
class RestoreTable(Keeping):
    """A table's kept rows, after it was made again."""

    kind = "restore_table"
    rank = 46
    moment: Moment
    name: str

    def inverse(self) -> Operation:
        return self.turned(KeepTable)

    def statements(self) -> tuple[Statement, ...]:
        return (self.call("restore_table", guarded=True),)

    def describe(self) -> str:
        return f"bring back the rows of {self.name} that were kept, if any"

    def needs(self) -> Iterable[Fact]:
        return (("table", self.name),)

    def makes(self) -> Iterable[Fact]:
        return (("restored", self.name),)


@dataclass(frozen=True, slots=True)
class _Columns(Keeping):
    """`key` are the columns of the primary key that the table has where the columns are not; `required` those
    of the columns that are NOT NULL.
    """

    moment: Moment
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    added_key: bool = False
    required: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class KeepColumns(_Columns):
    """Key and values of columns, before they are dropped."""

    kind = "keep_columns"
    rank = 75

    def inverse(self) -> Operation:
        return self.turned(RestoreColumns)

    def statements(self) -> tuple[Statement, ...]:
        was = self.moment.opposite
        where = (was.iteration, was.direction, self.name)
        back = (call("unmend_not_null", *where, c.name, guarded=True) for c in self.required)
        kept = self.call("keep_columns", self.columns, self.key, guarded=False, lock="ACCESS EXCLUSIVE")
        return (*back, kept)

    def describe(self) -> str:
        return f"keep the values of {_listed(self.name, self.columns)} in dbgen_archive"

    def needs(self) -> Iterable[Fact]:
        return [("column", self.name, column) for column in self.key] if self.added_key else []

    def removes(self) -> Iterable[Fact]:
        return (("kept", self.name),)

    def releases(self) -> Iterable[Fact]:
        return [("column", self.name, column) for column in self.columns]


@dataclass(frozen=True, slots=True)
class RestoreColumns(_Columns):
    """The kept values of columns, after they were made again; then the NOT NULL of the required ones."""

    kind = "restore_columns"
    rank = 47

    def inverse(self) -> Operation:
        return self.turned(KeepColumns)

    def statements(self) -> tuple[Statement, ...]:
        made = [self.call("restore_columns", self.columns, guarded=True)]
        now = self.moment.opposite
        for column in self.required:
            where = (now.iteration, now.direction, self.name, column.name)
            made.append(call("mend_not_null", *where, guarded=True, lock=SETTLING))
        for column in self.required:
            made.append(alter_table(self.name, f"ALTER COLUMN {ident(column.name)} SET NOT NULL"))
        return tuple(made)

    def describe(self) -> str:
        return f"bring back the values of {_listed(self.name, self.columns)} that were kept, if any"

    def needs(self) -> Iterable[Fact]:
        return [("column", self.name, column) for column in self.columns]

    def makes(self) -> Iterable[Fact]:
        return (("restored", self.name),)


def _listed(table: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)
