"""Where rows have to be kept: the steps around those that would lose, change or refuse them."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.model.casts import cast, castable, widens
from dbgen.model.schema import PrimaryKey, Schema, Table
from dbgen.operations.altering import AlterColumn
from dbgen.operations.base import Moment, Operation
from dbgen.operations.casting import AfterCast, BeforeCast
from dbgen.operations.columns import AddColumn, DropColumn
from dbgen.operations.constraints import AddConstraint, DropConstraint
from dbgen.operations.enum_rows import with_rows
from dbgen.operations.enums import AlterEnum, CreateEnum, DropEnum
from dbgen.operations.foreign_keys import AddForeignKey, DropForeignKey
from dbgen.operations.keeping import KeepColumns, KeepTable, RestoreColumns, RestoreTable
from dbgen.operations.mending import Mend, MendNotNull, Unmend, UnmendNotNull
from dbgen.operations.tables import CreateTable, DropTable
from dbgen.sql import ident
from dbgen.values import replace


def with_keeping(steps: Iterable[Operation], old: Schema, new: Schema, iteration: int) -> list[Operation]:
    """The steps of an iteration's migration with those that keep rows; in no particular order.

    What the migration takes is kept at (iteration, forward). What its rollback takes is kept at (iteration,
    rollback), and comes back when the migration is run again.
    """
    forward = Moment(iteration)
    keeper = _Keeper(old, new, forward, forward.opposite)
    listed = list(steps)
    result = [kept for step in listed for kept in keeper.around(step)]
    return [*result, *keeper.columns(listed)]


class _Keeper:
    """Knows both schemas and both moments."""

    def __init__(self, old: Schema, new: Schema, forward: Moment, back: Moment) -> None:
        self.old = {table.name: table for table in old.tables}
        self.new = {table.name: table for table in new.tables}
        self.forward = forward
        self.back = back

    def around(self, step: Operation) -> Iterable[Operation]:
        """The step, knowing that rows are kept, with what stands before and after it."""
        match step:
            case CreateTable():
                yield replace(step, kept=True)
                yield RestoreTable(self.back, step.new.name)
            case DropTable():
                yield KeepTable(self.forward, step.old.name)
                yield replace(step, kept=True)
            case AddColumn():
                yield replace(step, moment=self.forward, kept=True, late=_bare(step))
            case DropColumn():
                yield replace(step, moment=self.back, kept=True, late=_late(step))
            case AlterColumn():
                yield from self._altered(step)
            case AddConstraint() | AddForeignKey():
                yield Mend(self.forward, step.name, step.new)
                yield step
            case DropConstraint() | DropForeignKey():
                yield step
                yield from self._dropped(step)
            case AlterEnum():
                yield replace(step, moment=self.forward)
                yield from with_rows(step, self.forward)
            case CreateEnum() | DropEnum():
                yield replace(step, moment=self.forward)
            case _:
                yield step

    def _dropped(self, step: DropConstraint | DropForeignKey) -> Iterable[Operation]:
        """What the rollback, which makes the constraint again, may have taken."""
        if step.name in self.new:
            yield Unmend(self.back, step.name, step.old, self._whole(step))

    def _whole(self, step: DropConstraint | DropForeignKey) -> bool:
        """Whether it is the key, of columns that keep their types where they stay."""
        if not isinstance(step.old, PrimaryKey):
            return False
        old, new = self.old[step.name], self.new[step.name]
        staying = [column for column in step.old.columns if new.has(column)]
        return all(old.column(column).type == new.column(column).type for column in staying)

    def _altered(self, step: AlterColumn) -> Iterable[Operation]:
        name, column = step.name, step.new.name
        source = step.conversion.backfill or step.new.default
        if step.old.nullable and not step.new.nullable:
            yield MendNotNull(self.forward, name, column, source)
        if step.new.nullable and not step.old.nullable:
            yield UnmendNotNull(self.back, name, column, None)
        if step.old.type == step.new.type or _harmless(step):
            yield step
            return
        forth, back = _cast(step), _cast(_reversed(step))
        asked = step.conversion.using is not None
        one_way = back is None and not step.old.nullable
        wide = not asked and widens(step.old.type, step.new.type)
        yield BeforeCast(self.forward, name, column, forth or "NULL", back, asked, one_way, wide)
        yield replace(step, kept=True)
        asked_back = step.conversion.using_back is not None
        wide_back = not asked_back and widens(step.new.type, step.old.type)
        yield AfterCast(self.back, name, column, back or "NULL", forth, asked_back, False, wide_back)

    def columns(self, steps: Iterable[Operation]) -> Iterable[Operation]:
        """One step a table for all columns that go, and one for all that come."""
        dropped: dict[str, list[DropColumn]] = {}
        added: dict[str, list[AddColumn]] = {}
        for step in steps:
            if isinstance(step, DropColumn):
                dropped.setdefault(step.name, []).append(step)
            elif isinstance(step, AddColumn):
                added.setdefault(step.name, []).append(step)
        for name, gone in dropped.items():
            columns = tuple(sorted(step.old.name for step in gone))
            required = tuple(step.old for step in gone if _late(step))
            key, changed = self._key(name, self.new[name])
            yield KeepColumns(self.forward, name, columns, key, changed, required)
        for name, came in added.items():
            columns = tuple(sorted(step.new.name for step in came))
            key, changed = self._key(name, self.old[name])
            required = tuple(step.new for step in came if _bare(step))
            yield RestoreColumns(self.back, name, columns, key, changed, required)

    def _key(self, name: str, there: Table) -> tuple[tuple[str, ...], bool]:
        """The key by which rows are known while the columns are not there, and whether it changes now."""
        before, after = self.old[name].primary_key, self.new[name].primary_key
        key = there.primary_key.columns if there.primary_key else ()
        return key, (before.columns if before else ()) != (after.columns if after else ())


def _late(step: DropColumn) -> bool:
    """Whether the inverse can be NOT NULL only when the kept values are back."""
    return not step.old.nullable and step.old.default is None and not step.old.identity


def _bare(step: AddColumn) -> bool:
    """Whether no row that is there gets a value, so that NOT NULL waits for those that were kept."""
    column = step.new
    return not column.nullable and column.default is None and not column.identity and step.backfill is None


def _harmless(step: AlterColumn) -> bool:
    """Whether nothing can happen to any value, both ways."""
    asked = step.conversion.using or step.conversion.using_back
    return not asked and widens(step.old.type, step.new.type) and widens(step.new.type, step.old.type)


def _reversed(step: AlterColumn) -> AlterColumn:
    inverse = step.inverse()
    assert isinstance(inverse, AlterColumn)
    return inverse


def _cast(step: AlterColumn) -> str | None:
    """The new value as SQL over the row, None where there is no way."""
    if step.conversion.using is not None:
        return step.conversion.using
    if not castable(step.old.type, step.new.type):
        return None
    return cast(ident(step.new.name), step.old.type, step.new.type)
