"""The originals of values that a type change would cut, round or refuse: kept before it, back after it."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.operations.base import Fact, Moment, Operation
from dbgen.operations.keeping import SETTLING, Keeping
from dbgen.sql import Danger, Hazard, Statement, alter_table, call, ident
from dbgen.values import dataclass


@dataclass(frozen=True, slots=True)
class _Cast(Keeping):
    """`there` and `back` are SQL over the row; `back` None where there is no way, and then `required` says
    that the column is NOT NULL again when its originals are back; `asked`: a person said how; `wide`: the
    type takes every value as it is, so that none has to be looked for.
    """

    moment: Moment
    name: str
    column: str
    there: str
    back: str | None
    asked: bool
    required: bool = False
    wide: bool = False

    @property
    def object(self) -> str:
        return f"{self.name}.{self.column}"


@dataclass(frozen=True, slots=True)
class BeforeCast(_Cast):
    """Values that a type change would cut, round or refuse: the run stops, or the originals are kept."""

    kind = "before_cast"
    rank = 43

    def inverse(self) -> Operation:
        return self.turned(AfterCast)

    def statements(self) -> tuple[Statement, ...]:
        if self.wide:
            now = self.moment.opposite
            where = (now.iteration, now.direction, self.name, self.column)
            return (call("mark_values", *where, guarded=True, lock="ROW SHARE"),)
        arguments = (self.column, self.there, self.back, self.asked)
        made = self.call("before_cast", *arguments, guarded=False, lock="ACCESS EXCLUSIVE")
        hazard = Hazard(Danger.MAY_FAIL, f"stops when a value of {self.object} would be cut or refused")
        return (Statement(made.sql, (hazard,), made.lock, calls=made.calls),)

    def describe(self) -> str:
        if self.wide:
            return f"mark the values of {self.object} that nobody has edited"
        return f"look for values of {self.object} that the type change would not keep"

    def releases(self) -> Iterable[Fact]:
        return (("column", self.name, self.column),)


@dataclass(frozen=True, slots=True)
class AfterCast(_Cast):
    """The originals of values that the type change the other way had changed."""

    kind = "after_cast"
    rank = 46

    def inverse(self) -> Operation:
        return self.turned(BeforeCast)

    def statements(self) -> tuple[Statement, ...]:
        restored = self.call("after_cast", self.column, guarded=True)
        if not self.required:
            return (restored,)
        now = self.moment.opposite
        where = (now.iteration, now.direction, self.name, self.column)
        mended = call("mend_not_null", *where, guarded=True, lock=SETTLING)
        return restored, mended, alter_table(self.name, f"ALTER COLUMN {ident(self.column)} SET NOT NULL")

    def describe(self) -> str:
        return f"bring back the original values of {self.object}, if any were changed"

    def needs(self) -> Iterable[Fact]:
        return (("column", self.name, self.column),)
