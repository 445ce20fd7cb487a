"""Keeping rows: into `dbgen_archive` before they would be lost, and back by the opposite step.

The work is done by the functions in `keeper/`; they look when they run and do nothing where nothing is to be
done. What iteration n's migration takes comes back when n is rolled back, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.model.schema import Check, Column, ForeignKey, PrimaryKey, Unique
from dbgen.operations.base import Draft, Fact, Moment, Operation
from dbgen.sql import Argument, Danger, Hazard, Statement, alter_table, call, ident, qualified
from dbgen.values import dataclass

Refusing = PrimaryKey | Unique | Check | ForeignKey


class _Keeping(Operation):
    """Steps that change rows and no schema."""

    __slots__ = ()
    moment: Moment
    name: str

    @property
    def object(self) -> str:
        return self.name

    def apply(self, draft: Draft) -> None:
        """The schema stays as it is."""

    def _call(
        self, function: str, *arguments: Argument, guarded: bool, lock: str = "ROW EXCLUSIVE"
    ) -> Statement:
        where = (self.moment.iteration, self.moment.direction, self.name)
        return call(function, *where, *arguments, guarded=guarded, lock=lock)


@dataclass(frozen=True, slots=True)
class KeepTable(_Keeping):
    """A table's rows, before it is dropped: the table itself moves, whatever its size."""

    kind = "keep_table"
    rank = 75
    moment: Moment
    name: str

    def inverse(self) -> Operation:
        return RestoreTable(self.moment, self.name)

    def statements(self) -> tuple[Statement, ...]:
        return (self._call("keep_table", guarded=False, lock="ACCESS EXCLUSIVE"),)

    def describe(self) -> str:
        return f"keep the rows of {self.name} in dbgen_archive"

    def removes(self) -> Iterable[Fact]:
        return (("kept", self.name),)

    def releases(self) -> Iterable[Fact]:
        return (("table", self.name),)


@dataclass(frozen=True, slots=True)
class RestoreTable(_Keeping):
    """A table's kept rows, after it was made again."""

    kind = "restore_table"
    rank = 46
    moment: Moment
    name: str

    def inverse(self) -> Operation:
        return KeepTable(self.moment, self.name)

    def statements(self) -> tuple[Statement, ...]:
        return (self._call("restore_table", guarded=True),)

    def describe(self) -> str:
        return f"bring back the rows of {self.name} that were kept, if any"

    def needs(self) -> Iterable[Fact]:
        return (("table", self.name),)

    def makes(self) -> Iterable[Fact]:
        return (("restored", self.name),)


@dataclass(frozen=True, slots=True)
class KeepColumns(_Keeping):
    """Key and values of columns, before they are dropped. `key` are the columns of the primary key that the
    table has afterwards; `required` the columns that are NOT NULL.
    """

    kind = "keep_columns"
    rank = 75
    moment: Moment
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    added_key: bool = False
    required: tuple[Column, ...] = ()

    def inverse(self) -> Operation:
        return RestoreColumns(self.moment, self.name, self.columns, self.key, self.added_key, self.required)

    def statements(self) -> tuple[Statement, ...]:
        was = self.moment.opposite
        where = (was.iteration, was.direction, self.name)
        back = (call("unmend_not_null", *where, c.name, guarded=True) for c in self.required)
        kept = self._call("keep_columns", self.columns, self.key, guarded=False, lock="ACCESS EXCLUSIVE")
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
class RestoreColumns(_Keeping):
    """The kept values of columns, after they were made again; then the NOT NULL of the required ones."""

    kind = "restore_columns"
    rank = 47
    moment: Moment
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    added_key: bool = False
    required: tuple[Column, ...] = ()

    def inverse(self) -> Operation:
        return KeepColumns(self.moment, self.name, self.columns, self.key, self.added_key, self.required)

    def statements(self) -> tuple[Statement, ...]:
        made = [self._call("restore_columns", self.columns, guarded=True)]
        now = self.moment.opposite
        for column in self.required:
            where = (now.iteration, now.direction, self.name, column.name)
            made.append(call("mend_not_null", *where, guarded=True, lock="ROW EXCLUSIVE"))
        for column in self.required:
            made.append(alter_table(self.name, f"ALTER COLUMN {ident(column.name)} SET NOT NULL"))
        return tuple(made)

    def describe(self) -> str:
        return f"bring back the values of {_listed(self.name, self.columns)} that were kept, if any"

    def needs(self) -> Iterable[Fact]:
        return [("column", self.name, column) for column in self.columns]

    def makes(self) -> Iterable[Fact]:
        return (("restored", self.name),)


@dataclass(frozen=True, slots=True)
class Mend(_Keeping):
    """Rows that a constraint to come would refuse: the run stops, or they are filled or moved away."""

    kind = "mend"
    moment: Moment
    name: str
    constraint: Refusing

    @property
    def rank(self) -> int:  # type: ignore[override]  # foreign keys come after all other constraints
        return 59 if isinstance(self.constraint, ForeignKey) else 49

    def inverse(self) -> Operation:
        return Unmend(self.moment, self.name, self.constraint)

    def statements(self) -> tuple[Statement, ...]:
        own = self.constraint
        match own:
            case ForeignKey():
                target = qualified(own.target, own.target_schema)
                arguments = (own.name, own.columns, target, own.target_columns)
                return (self._call("mend_foreign_key", *arguments, guarded=True),)
            case Check():
                return (self._call("mend_check", own.name, own.columns, own.expression, guarded=True),)
            case _:
                return (self._call("mend_unique", own.name, own.columns, guarded=True),)

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
class Unmend(_Keeping):
    """What stood in the way of a constraint comes back, now that it is gone."""

    kind = "unmend"
    rank = 16
    moment: Moment
    name: str
    constraint: Refusing

    def inverse(self) -> Operation:
        return Mend(self.moment, self.name, self.constraint)

    def statements(self) -> tuple[Statement, ...]:
        return (self._call("unmend", f"{self.name}.{self.constraint.name}", guarded=True),)

    def describe(self) -> str:
        return f"bring back the rows of {self.name} that {self.constraint.name} had refused, if any"

    def needs(self) -> Iterable[Fact]:
        return (("dropped", self.name, self.constraint.name),)


@dataclass(frozen=True, slots=True)
class MendNotNull(_Keeping):
    """NULLs in a column that becomes NOT NULL: filled by `expression` where there is one, else as Mend."""

    kind = "mend_not_null"
    rank = 44
    moment: Moment
    name: str
    column: str
    expression: str | None = None

    @property
    def object(self) -> str:
        return f"{self.name}.{self.column}"

    def inverse(self) -> Operation:
        return UnmendNotNull(self.moment, self.name, self.column, self.expression)

    def statements(self) -> tuple[Statement, ...]:
        mend = self._call("mend_not_null", self.column, guarded=True)
        if self.expression is None:
            return (mend,)
        return (self._call("fill", self.column, self.expression, True, guarded=False), mend)

    def describe(self) -> str:
        if self.expression is not None:
            return f"fill the NULLs of {self.object} with {self.expression}"
        return f"look for NULLs in {self.object}"

    def releases(self) -> Iterable[Fact]:
        return (("column", self.name, self.column),)


@dataclass(frozen=True, slots=True)
class UnmendNotNull(_Keeping):
    """The NULLs that were filled come back, where nobody has edited the rows, and rows that were moved."""

    kind = "unmend_not_null"
    rank = 46
    moment: Moment
    name: str
    column: str
    expression: str | None = None

    @property
    def object(self) -> str:
        return f"{self.name}.{self.column}"

    def inverse(self) -> Operation:
        return MendNotNull(self.moment, self.name, self.column, self.expression)

    def statements(self) -> tuple[Statement, ...]:
        return (
            self._call("mark_values", self.column, guarded=True),
            self._call("restore_values", self.column, guarded=True),
            self._call("unmend", f"{self.name}.{self.column} NOT NULL", guarded=True),
        )

    def describe(self) -> str:
        return f"bring back the NULLs of {self.object}, if any were filled"

    def needs(self) -> Iterable[Fact]:
        return (("column", self.name, self.column),)


@dataclass(frozen=True, slots=True)
class BeforeCast(_Keeping):
    """Values that a type change would cut, round or refuse: the run stops, or the originals are kept.

    `there` and `back` are SQL over the row; `back` None where there is no way, and then `required` says that
    the column is NOT NULL again when its originals are back; `asked`: a person said how; `wide`: the type
    takes every value as it is, so that none has to be looked for.
    """

    kind = "before_cast"
    rank = 43
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

    def inverse(self) -> Operation:
        fields = (
            self.moment,
            self.name,
            self.column,
            self.there,
            self.back,
            self.asked,
            self.required,
            self.wide,
        )
        return AfterCast(*fields)

    def statements(self) -> tuple[Statement, ...]:
        if self.wide:
            now = self.moment.opposite
            where = (now.iteration, now.direction, self.name, self.column)
            return (call("mark_values", *where, guarded=True, lock="ROW SHARE"),)
        arguments = (self.column, self.there, self.back, self.asked)
        made = self._call("before_cast", *arguments, guarded=False, lock="ACCESS EXCLUSIVE")
        hazard = Hazard(Danger.MAY_FAIL, f"stops when a value of {self.object} would be cut or refused")
        return (Statement(made.sql, (hazard,), made.lock, calls=made.calls),)

    def describe(self) -> str:
        if self.wide:
            return f"mark the values of {self.object} that nobody has edited"
        return f"look for values of {self.object} that the type change would not keep"

    def releases(self) -> Iterable[Fact]:
        return (("column", self.name, self.column),)


@dataclass(frozen=True, slots=True)
class AfterCast(_Keeping):
    """The originals of values that the type change the other way had changed."""

    kind = "after_cast"
    rank = 46
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

    def inverse(self) -> Operation:
        fields = (
            self.moment,
            self.name,
            self.column,
            self.there,
            self.back,
            self.asked,
            self.required,
            self.wide,
        )
        return BeforeCast(*fields)

    def statements(self) -> tuple[Statement, ...]:
        restored = self._call("after_cast", self.column, guarded=True)
        if not self.required:
            return (restored,)
        now = self.moment.opposite
        where = (now.iteration, now.direction, self.name, self.column)
        mended = call("mend_not_null", *where, guarded=True, lock="ROW EXCLUSIVE")
        return restored, mended, alter_table(self.name, f"ALTER COLUMN {ident(self.column)} SET NOT NULL")

    def describe(self) -> str:
        return f"bring back the original values of {self.object}, if any were changed"

    def needs(self) -> Iterable[Fact]:
        return (("column", self.name, self.column),)


def _listed(table: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{table}.{column}" for column in columns)
