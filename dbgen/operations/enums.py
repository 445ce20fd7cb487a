"""CREATE TYPE … AS ENUM, DROP TYPE, and every change of an enum's values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model import types
from dbgen.model.schema import Column, EnumType
from dbgen.operations.base import Draft, Fact, Moment, Operation, opposite
from dbgen.sql import Danger, Hazard, Statement, alter_table, call, ident, literal, qualified
from dbgen.values import dataclass, replace


def type_name(enum: str) -> str:
    """The enum as a column's type: what `format_type` prints with an empty search_path."""
    return qualified(enum)


def _values(enum: EnumType) -> str:
    return ", ".join(literal(value) for value in enum.values)


def _create(enum: EnumType) -> Statement:
    return Statement(f"CREATE TYPE {qualified(enum.name)} AS ENUM ({_values(enum)})")


def _kept(moment: Moment | None, name: str) -> tuple[Statement, ...]:
    """Moves the type aside where kept rows have it, so that its DROP is not refused."""
    if moment is None:
        return ()
    return (call("keep_type", moment.iteration, moment.direction, name, guarded=True),)


@dataclass(frozen=True, slots=True)
class CreateEnum(Operation):
    """CREATE TYPE … AS ENUM."""

    kind = "create_enum"
    rank = 20
    new: EnumType
    moment: Moment | None = None

    @property
    def object(self) -> str:
        return self.new.name

    def apply(self, draft: Draft) -> None:
        draft.enums[self.new.name] = self.new

    def inverse(self) -> Operation:
        return DropEnum(self.new, opposite(self.moment))

    def statements(self) -> tuple[Statement, ...]:
        return (_create(self.new),)

    def describe(self) -> str:
        return f"create enum {self.new.name} ({', '.join(self.new.values)})"

    def counts(self) -> Mapping[str, int]:
        return {"enums": 1}

    def makes(self) -> Iterable[Fact]:
        return (("type", type_name(self.new.name)),)


@dataclass(frozen=True, slots=True)
class DropEnum(Operation):
    """DROP TYPE of an enum that no column uses any more, but kept rows may."""

    kind = "drop_enum"
    rank = 90
    old: EnumType
    moment: Moment | None = None

    @property
    def object(self) -> str:
        return self.old.name

    def apply(self, draft: Draft) -> None:
        del draft.enums[self.old.name]

    def inverse(self) -> Operation:
        return CreateEnum(self.old, opposite(self.moment))

    def statements(self) -> tuple[Statement, ...]:
        return (*_kept(self.moment, self.old.name), Statement(f"DROP TYPE {qualified(self.old.name)}"))

    def describe(self) -> str:
        return f"drop enum {self.old.name}"

    def counts(self) -> Mapping[str, int]:
        return {"enums": 1}

    def removes(self) -> Iterable[Fact]:
        return (("type", type_name(self.old.name)),)


@dataclass(frozen=True, slots=True)
class EnumUse:
    """A column of an enum type, before and after the type's values change."""

    table: str
    old: Column
    new: Column


@dataclass(frozen=True, slots=True)
class AlterEnum(Operation):
    """Other values for an enum. `uses` are all columns of the type.

    Without `rebuild` the values are added in place; a value so added cannot be used in the same
    transaction (55P04), so whoever does sets `rebuild`. Values are removed by a rebuild only.
    """

    kind = "alter_enum"
    rank = 21
    old: EnumType
    new: EnumType
    uses: tuple[EnumUse, ...] = ()
    rebuild: bool = False
    moment: Moment | None = None

    @property
    def object(self) -> str:
        return self.new.name

    def apply(self, draft: Draft) -> None:
        draft.enums[self.new.name] = self.new
        for use in self.uses:
            table = draft.tables[use.table]
            columns = tuple(use.new if c.name == use.new.name else c for c in table.columns)
            draft.tables[use.table] = replace(table, columns=columns)

    def inverse(self) -> Operation:
        uses = tuple(EnumUse(use.table, use.new, use.old) for use in self.uses)
        return AlterEnum(self.new, self.old, uses, self.rebuild, opposite(self.moment))

    def statements(self) -> tuple[Statement, ...]:
        if not self.rebuild and only_adds(self.old, self.new):
            return tuple(self._added())
        return tuple(self._rebuilt())

    def _added(self) -> Iterable[Statement]:
        before = set(self.old.values)
        for index, value in enumerate(self.new.values):
            if value in before:
                continue
            later = [other for other in self.new.values[index + 1 :] if other in before]
            place = f" BEFORE {literal(later[0])}" if later else ""
            yield Statement(f"ALTER TYPE {qualified(self.new.name)} ADD VALUE {literal(value)}{place}")

    def _rebuilt(self) -> Iterable[Statement]:
        name = self.new.name
        aside = _aside(name)
        yield Statement(f"ALTER TYPE {qualified(name)} RENAME TO {ident(aside)}")
        yield _create(self.new)
        for use in self.uses:
            yield from self._converted(use)
        yield from _kept(self.moment, aside)
        yield Statement(f"DROP TYPE {qualified(aside)}")

    def _converted(self, use: EnumUse) -> Iterable[Statement]:
        column = ident(use.new.name)
        array = "[]" if types.is_array(use.new.type) else ""
        hazards = (
            Hazard(Danger.REWRITE, f"writes {use.table} anew"),
            Hazard(Danger.MAY_FAIL, f"stops when {use.table}.{use.new.name} holds a value that goes"),
        )
        if use.old.default is not None:
            yield alter_table(use.table, f"ALTER COLUMN {column} DROP DEFAULT")
        cast = f"{column}::TEXT{array}::{use.new.type}"
        yield alter_table(use.table, f"ALTER COLUMN {column} TYPE {use.new.type} USING {cast}", *hazards)
        if use.new.default is not None:
            yield alter_table(use.table, f"ALTER COLUMN {column} SET DEFAULT {use.new.default}")

    def describe(self) -> str:
        gone = [value for value in self.old.values if value not in self.new.values]
        came = [value for value in self.new.values if value not in self.old.values]
        words = [f"add {', '.join(came)}"] if came else []
        words += [f"remove {', '.join(gone)}"] if gone else []
        return f"alter enum {self.new.name}: {' and '.join(words) or 'another order'}"

    def counts(self) -> Mapping[str, int]:
        return {"enums": 1}

    def makes(self) -> Iterable[Fact]:
        return (("type", type_name(self.new.name)), ("altered", self.new.name), *self._columns())

    def removes(self) -> Iterable[Fact]:
        return (("type", type_name(self.old.name)), *self._columns())

    def _columns(self) -> Iterable[Fact]:
        """A rebuild changes the type of every column that has it."""
        return (("column", use.table, use.new.name) for use in self.uses if self.rebuild)


def only_adds(old: EnumType, new: EnumType) -> bool:
    """Whether every old value is there again, in the old order."""
    return tuple(value for value in new.values if value in set(old.values)) == old.values


def _aside(name: str) -> str:
    from dbgen.names import derived

    return derived(f"{name}__before")
