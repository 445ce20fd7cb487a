"""Every change of a column that stays: type, collation, default, nullability, identity, comment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dbgen.model import types
from dbgen.model.casts import cast, castable, keeps_values, needs_using, rewrites
from dbgen.model.requests import Conversion
from dbgen.model.schema import Column
from dbgen.operations.base import Draft, Fact, Operation
from dbgen.operations.columns import (
    column_comment,
    retyped,
    set_not_null,
    type_and_collation,
    type_facts,
    with_column,
)
from dbgen.operations.grants import sequence_closed
from dbgen.sql import Danger, Hazard, Statement, alter_table, ident, literal, qualified
from dbgen.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class AlterColumn(Operation):
    """A column of one name, before and after, with the expressions that make its values. `kept`: values that
    a type change would not give back were looked for, and kept, before.
    """

    kind = "alter_column"
    rank = 45
    name: str
    old: Column
    new: Column
    conversion: Conversion = Conversion("", "")  # frozen, so sharing it is safe
    kept: bool = False

    @property
    def object(self) -> str:
        return f"{self.name}.{self.new.name}"

    def apply(self, draft: Draft) -> None:
        draft.tables[self.name] = with_column(draft.tables[self.name], self.new)

    def inverse(self) -> Operation:
        asked = self.conversion
        back = replace(asked, using=asked.using_back, using_back=asked.using)
        return AlterColumn(self.name, self.new, self.old, back, self.kept)

    def statements(self) -> tuple[Statement, ...]:
        made: list[Statement] = []
        made += self._identity_off()
        made += self._type()
        made += self._default()
        made += self._nullability()
        made += self._identity_on()
        if self.old.comment != self.new.comment:
            made.append(column_comment(self.name, self.new))
        return tuple(made)

    def _alter(self, clause: str, *hazards: Hazard) -> Statement:
        return alter_table(self.name, f"ALTER COLUMN {ident(self.new.name)} {clause}", *hazards)

    def _identity_off(self) -> list[Statement]:
        return [self._alter("DROP IDENTITY")] if self.old.identity and not self.new.identity else []

    def _type(self) -> list[Statement]:
        old, new = self.old.type, self.new.type
        if not retyped(self.old, self.new):
            return []
        if old == new:
            return [self._alter(f"TYPE {type_and_collation(self.new)}")]
        made = [self._alter("DROP DEFAULT")] if self.old.default is not None else []
        made += [self._alter("DROP NOT NULL")] if self._waits() else []
        using = self._using()
        hazards = [Hazard(Danger.REWRITE, f"writes {self.name} anew")] if rewrites(old, new) else []
        if self.conversion.using or not keeps_values(old, new):
            danger = Danger.DATA_KEPT if self.kept else Danger.DATA_LOSS
            hazards.append(Hazard(danger, f"may change values of {self.object}"))
        tail = f" USING {using}" if using else ""
        return [*made, self._alter(f"TYPE {type_and_collation(self.new)}{tail}", *hazards)]

    def _one_way(self) -> bool:
        """Whether there is no way to this type, so that the kept originals are all that comes back."""
        asked = self.conversion
        return (
            asked.using is None
            and asked.using_back is not None
            and not castable(self.old.type, self.new.type)
        )

    def _waits(self) -> bool:
        """Whether NOT NULL has to wait until the originals are back."""
        return not self.new.nullable and self.old.type != self.new.type and self._one_way()

    def _using(self) -> str | None:
        old, new = self.old.type, self.new.type
        if self.conversion.using is not None:
            return self.conversion.using
        if self._one_way():
            return f"NULL::{types.written(new)}"
        return cast(ident(self.new.name), old, new) if needs_using(old, new) else None

    def _default(self) -> list[Statement]:
        if self.new.default is not None:
            if self.old.default != self.new.default or self.old.type != self.new.type:
                return [self._alter(f"SET DEFAULT {self.new.default}")]
        elif self.old.default is not None and self.old.type == self.new.type:
            return [self._alter("DROP DEFAULT")]
        return []

    def _nullability(self) -> list[Statement]:
        if self.old.nullable == self.new.nullable or self._waits():
            return []
        if self.new.nullable:
            return [self._alter("DROP NOT NULL")]
        return [set_not_null(self.name, self.new)]

    def _identity_on(self) -> list[Statement]:
        if self.old.identity or not self.new.identity:
            return []
        relation, column = qualified(self.name), ident(self.new.name)
        sequence = f"pg_get_serial_sequence({literal(relation)}, {literal(self.new.name)})"
        highest = f"GREATEST((SELECT max({column}) FROM {relation}), 0) + 1"
        return [
            self._alter("ADD GENERATED BY DEFAULT AS IDENTITY"),
            sequence_closed(self.name, self.new.name),
            Statement(f"SELECT setval({sequence}, {highest}, false)", lock="ACCESS SHARE"),
        ]

    def describe(self) -> str:
        return f"alter column {self.object}: {', '.join(self._changes())}"

    def _changes(self) -> Iterable[str]:
        old, new = self.old, self.new
        if old.type != new.type:
            yield f"{types.written(old.type)} to {types.written(new.type)}"
        if old.collation != new.collation:
            yield f"collation {old.collation or 'the default'} to {new.collation or 'the default'}"
        if old.nullable != new.nullable:
            yield "drop NOT NULL" if new.nullable else "set NOT NULL"
        if old.identity != new.identity:
            yield "make it an identity" if new.identity else "no identity any more"
        if old.default != new.default:
            yield "drop the default" if new.default is None else f"default {new.default}"
        if old.comment != new.comment:
            yield "comment"

    def counts(self) -> Mapping[str, int]:
        return {"columns": 1}

    def needs(self) -> Iterable[Fact]:
        return type_facts(self.new)

    def makes(self) -> Iterable[Fact]:
        return (("column", self.name, self.new.name),)

    def removes(self) -> Iterable[Fact]:
        return (("column", self.name, self.old.name),)

    def releases(self) -> Iterable[Fact]:
        return type_facts(self.old) if self.old.type != self.new.type else []
