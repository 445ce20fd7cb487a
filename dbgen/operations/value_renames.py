"""An enum's values under other names: the type's own, and the texts of columns without such a type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model import types
from dbgen.model.schema import Column
from dbgen.operations.base import Draft, Fact, Moment, Operation
from dbgen.operations.enums import type_name
from dbgen.operations.keeping import SETTLING, Keeping
from dbgen.sql import Statement, call, literal, qualified
from dbgen.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class RenameEnumValue(Operation):
    """ALTER TYPE … RENAME VALUE: every row and every default follows."""

    kind = "rename_enum_value"
    rank = 8
    name: str
    old: str
    new: str

    @property
    def object(self) -> str:
        return self.name

    def apply(self, draft: Draft) -> None:
        enum = draft.enums[self.name]
        values = tuple(self.new if value == self.old else value for value in enum.values)
        draft.enums[self.name] = replace(enum, values=values)
        for name, table in draft.tables.items():
            columns = tuple(self._followed(column) for column in table.columns)
            if columns != table.columns:
                draft.tables[name] = replace(table, columns=columns)

    def _followed(self, column: Column) -> Column:
        own = types.base(column.type) == type_name(self.name) and column.default == literal(self.old)
        return replace(column, default=literal(self.new)) if own else column

    def inverse(self) -> Operation:
        return RenameEnumValue(self.name, self.new, self.old)

    def statements(self) -> tuple[Statement, ...]:
        renamed = f"RENAME VALUE {literal(self.old)} TO {literal(self.new)}"
        return (Statement(f"ALTER TYPE {qualified(self.name)} {renamed}"),)

    def describe(self) -> str:
        return f"rename {self.old} of the enum {self.name} to {self.new}"

    def counts(self) -> Mapping[str, int]:
        return {"enums": 1}


@dataclass(frozen=True, slots=True)
class RenameValues(Keeping):
    """The texts of a column that become others (`pairs`: old and new); `checks` are those that go before."""

    kind = "rename_values"
    rank = 42
    moment: Moment
    name: str
    column: str
    pairs: tuple[tuple[str, str], ...]
    checks: tuple[str, ...] = ()

    @property
    def object(self) -> str:
        return f"{self.name}.{self.column}"

    def inverse(self) -> Operation:
        pairs = tuple((new, old) for old, new in self.pairs)
        return RenameValues(self.moment.opposite, self.name, self.column, pairs, self.checks)

    def statements(self) -> tuple[Statement, ...]:
        old, new = (tuple(pair[side] for pair in self.pairs) for side in (0, 1))
        before = self.moment.opposite
        where = (before.iteration, before.direction, self.name, f"{self.name}.{self.column} VALUES")
        return (
            self.call("rename_values", self.column, old, new, guarded=False, lock=SETTLING),
            call("unmend", *where[:2], *where[2:], guarded=True),
        )

    def describe(self) -> str:
        words = ", ".join(f"{old} to {new}" for old, new in self.pairs)
        return f"rename the values of {self.object}: {words}"

    def needs(self) -> Iterable[Fact]:
        return [("dropped", self.name, check) for check in self.checks]

    def releases(self) -> Iterable[Fact]:
        return (("column", self.name, self.column),)
