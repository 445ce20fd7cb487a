"""Rows that hold a value which an enum loses: before its values change, and when they are there again."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.model import types
from dbgen.model.schema import Column
from dbgen.operations.base import Fact, Moment, Operation
from dbgen.operations.enums import AlterEnum, type_name
from dbgen.operations.keeping import SETTLING, Keeping
from dbgen.sql import Statement, literal
from dbgen.values import dataclass


@dataclass(frozen=True, slots=True)
class _EnumRows(Keeping):
    """`gone` are the values that the enum loses, or gets back; `default` is SQL, without which NULL is put in
    their place; `added`: the values are added to a type that stays.
    """

    moment: Moment
    name: str
    column: str
    enum: str
    gone: tuple[str, ...]
    default: str | None = None
    added: bool = False

    @property
    def object(self) -> str:
        return f"{self.name}.{self.column}"


@dataclass(frozen=True, slots=True)
class MendEnum(_EnumRows):
    """Rows with one of the values that go: the run stops, or they get the default, or are moved away."""

    kind = "mend_enum"
    rank = 19

    def inverse(self) -> Operation:
        return self.turned(UnmendEnum)

    def statements(self) -> tuple[Statement, ...]:
        return (self.call("mend_enum", self.column, self.gone, self.default, guarded=True, lock=SETTLING),)

    def describe(self) -> str:
        return f"look for rows of {self.name} with a {self.column} that the enum {self.enum} loses"

    def releases(self) -> Iterable[Fact]:
        return (("column", self.name, self.column), ("type", type_name(self.enum)))


@dataclass(frozen=True, slots=True)
class UnmendEnum(_EnumRows):
    """What stood in the way of an enum's loss of values comes back, now that it has them."""

    kind = "unmend_enum"
    rank = 22

    def inverse(self) -> Operation:
        return self.turned(MendEnum)

    def statements(self) -> tuple[Statement, ...]:
        renewed = self.enum if self.added else None
        return (self.call("unmend_enum", self.column, renewed, guarded=True),)

    def describe(self) -> str:
        return f"bring back the rows of {self.name} whose {self.column} the enum {self.enum} had lost, if any"

    def needs(self) -> Iterable[Fact]:
        return (("column", self.name, self.column), ("altered", self.enum))


def with_rows(step: AlterEnum, forward: Moment) -> Iterable[Operation]:
    """The change of an enum with what stands around it for the rows of each column that has the type."""
    gone = tuple(value for value in step.old.values if value not in step.new.values)
    came = tuple(value for value in step.new.values if value not in step.old.values)
    for use in step.uses:
        if gone:
            default = _default(use.new, use.old, step)
            yield MendEnum(forward, use.table, use.old.name, step.old.name, gone, default)
        if came:
            default = _default(use.old, use.new, step)
            own = (use.table, use.new.name, step.new.name, came, default, not step.rebuild)
            yield UnmendEnum(forward.opposite, *own)


def _default(after: Column, before: Column, step: AlterEnum) -> str | None:
    """A default that the enum has before and after: the one to come, else the one that is there."""
    both = {literal(value) for value in step.old.values if value in step.new.values}
    for column in (after, before):
        empty = types.is_array(column.type) and column.default == "'{}'"
        if column.default in both or empty:
            return column.default
    return None
