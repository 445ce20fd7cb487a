"""Rows that a constraint or a NOT NULL to come would refuse, and what was done about them, undone."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.model.schema import Check, ForeignKey, PrimaryKey, Unique
from dbgen.operations.base import Fact, Moment, Operation
from dbgen.operations.keeping import SETTLING, Keeping
from dbgen.sql import Statement, qualified
from dbgen.values import dataclass

Refusing = PrimaryKey | Unique | Check | ForeignKey


@dataclass(frozen=True, slots=True)
class _Constraint(Keeping):
    """`whole`: what comes back waits for the columns of the same iteration, whose values are kept by a key
    that rows in the way have in common.
    """

    moment: Moment
    name: str
    constraint: Refusing
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _NotNull(Keeping):
    """`expression` is SQL over the row."""

    moment: Moment
    name: str
    column: str
    expression: str | None = None

    @property
    def object(self) -> str:
        return f"{self.name}.{self.column}"


@dataclass(frozen=True, slots=True)
class Mend(_Constraint):
    """Rows that a constraint to come would refuse: the run stops, or they are filled or moved away."""

    kind = "mend"

    @property
    def rank(self) -> int:  # type: ignore[override]  # foreign keys come after all other constraints
        return 59 if isinstance(self.constraint, ForeignKey) else 49

    def inverse(self) -> Operation:
        return self.turned(Unmend)

    def statements(self) -> tuple[Statement, ...]:
        own = self.constraint
        match own:
            case ForeignKey():
                target = qualified(own.target, own.target_schema)
                arguments = (own.name, own.columns, target, own.target_columns)
                return (self.call("mend_foreign_key", *arguments, guarded=True, lock=SETTLING),)
            case Check():
                told = (own.name, own.columns, own.expression)
                return (self.call("mend_check", *told, guarded=True, lock=SETTLING),)
            case _:
                return (self.call("mend_unique", own.name, own.columns, guarded=True, lock=SETTLING),)

    def describe(self) -> str:
        return f"look for rows of {self.name} that {self.constraint.name} would refuse"

    def needs(self) -> Iterable[Fact]:
        yield from (("column", self.name, column) for column in self.constraint.columns)
        yield ("restored", self.name)
        yield ("table", self.name)
        if isinstance(self.constraint, ForeignKey) and self.constraint.inside:
            yield ("restored", self.constraint.target)
            yield ("table", self.constraint.target)
            yield from (("column", self.constraint.target, c) for c in self.constraint.target_columns)

    def makes(self) -> Iterable[Fact]:
        return (("mended", self.name, self.constraint.name),)


@dataclass(frozen=True, slots=True)
class Unmend(_Constraint):
    """What stood in the way of a constraint comes back, now that it is gone."""

    kind = "unmend"
    rank = 16

    def inverse(self) -> Operation:
        return self.turned(Mend)

    def statements(self) -> tuple[Statement, ...]:
        return (self.call("unmend", f"{self.name}.{self.constraint.name}", guarded=True),)

    def describe(self) -> str:
        return f"bring back the rows of {self.name} that {self.constraint.name} had refused, if any"

    def needs(self) -> Iterable[Fact]:
        yield ("dropped", self.name, self.constraint.name)
        if self.whole:
            yield ("restored", self.name)


@dataclass(frozen=True, slots=True)
class MendNotNull(_NotNull):
    """NULLs in a column that becomes NOT NULL: filled by the expression where there is one, else as Mend."""

    kind = "mend_not_null"
    rank = 44

    def inverse(self) -> Operation:
        return self.turned(UnmendNotNull)

    def statements(self) -> tuple[Statement, ...]:
        mend = self.call("mend_not_null", self.column, guarded=True, lock=SETTLING)
        if self.expression is None:
            return (mend,)
        return (self.call("fill", self.column, self.expression, True, guarded=False, lock=SETTLING), mend)

    def describe(self) -> str:
        if self.expression is not None:
            return f"fill the NULLs of {self.object} with {self.expression}"
        return f"look for NULLs in {self.object}"

    def releases(self) -> Iterable[Fact]:
        return (("column", self.name, self.column),)


@dataclass(frozen=True, slots=True)
class UnmendNotNull(_NotNull):
    """The NULLs that were filled come back, where nobody has edited the rows, and rows that were moved."""

    kind = "unmend_not_null"
    rank = 46

    def inverse(self) -> Operation:
        return self.turned(MendNotNull)

    def statements(self) -> tuple[Statement, ...]:
        return (
            self.call("mark_values", self.column, guarded=True),
            self.call("restore_values", self.column, guarded=True),
            self.call("unmend", f"{self.name}.{self.column} NOT NULL", guarded=True),
        )

    def describe(self) -> str:
        return f"bring back the NULLs of {self.object}, if any were filled"

    def needs(self) -> Iterable[Fact]:
        return (("column", self.name, self.column),)
