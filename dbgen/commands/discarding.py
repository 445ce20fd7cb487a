"""`--discard-data`: nothing is kept of what goes; a person is asked once more, and a backup comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from dbgen.commands.dependents import original_names
from dbgen.commands.results import OperationView
from dbgen.commands.session import Session
from dbgen.commands.view import view
from dbgen.errors import Declined
from dbgen.operations.base import Operation
from dbgen.operations.columns import DropColumn, RenameColumn
from dbgen.operations.keeper import DISCARDED
from dbgen.operations.keeping import KeepColumns, KeepTable
from dbgen.operations.tables import CreateTable, DropTable, RenameTable
from dbgen.workspace.leftovers import keep_text

if TYPE_CHECKING:
    from dbgen.database.connection import Connection

_HEAD = "-- What dbgen discarded. Restore it with psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE\n"


def discard_agreed(session: Session, steps: Sequence[Operation], *, yes: bool) -> None:
    """Asks whether what the steps would keep may go for good. Raises Declined."""
    words = [f"table {step.name}" for step in steps if isinstance(step, KeepTable)]
    kept = [step for step in steps if isinstance(step, KeepColumns)]
    words += [f"{step.name}.{column}" for step in kept for column in step.columns]
    if words and not yes and not session.world.questions.discard(tuple(words)):
        raise Declined


def discarded(operations: Iterable[Operation]) -> tuple[OperationView, ...]:
    """The steps as results show them, when nothing is kept."""
    return tuple(map(_discarded, operations))


def _discarded(step: Operation) -> OperationView:
    danger = view(_unkept(step))
    return replace(
        view(step),
        description=told(step, discard=True),
        reversibility=danger.reversibility,
        warnings=danger.warnings,
    )


def keeps(step: Operation) -> bool:
    """Whether it is a step that does nothing when nothing is kept."""
    return isinstance(step, (KeepTable, KeepColumns))


def told(step: Operation, discard: bool) -> str:
    """What a step does, in words; with `discard` it keeps nothing."""
    match step:
        case KeepTable() if discard:
            return f"let the rows of {step.name} go"
        case KeepColumns() if discard:
            columns = ", ".join(f"{step.name}.{column}" for column in step.columns)
            return f"let the values of {columns} go"
        case _:
            return step.describe()


def _unkept(step: Operation) -> Operation:
    return replace(step, kept=False) if isinstance(step, (DropTable, DropColumn)) else step


class Backup:
    """One file of what a run discards. What goes first is restored last: it may hang on what goes later."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.path: Path | None = None
        self.name: str | None = None
        #: What the steps may discard: all, or what was there when they were written down.
        self.discard = DISCARDED
        self.parts: list[str] = []

    def add(
        self, connection: Connection, steps: Sequence[Operation], later: Sequence[Operation] = ()
    ) -> None:
        """Writes down what the steps discard, before they run; `later` are those that follow in other
        transactions, and may rename what the backup speaks of.
        """
        from dbgen.database.backup import backup_columns, backup_table, seen_now

        session, before = self.session, original_names(steps)
        tables = [step.name for step in steps if isinstance(step, KeepTable)]
        columns = [(n, step) for n, step in enumerate(steps) if isinstance(step, KeepColumns)]
        if not tables and not columns:
            return
        session.world.progress.step("write what goes into a backup")
        self.discard = seen_now(connection)
        follow = (*steps, *later)
        names = [before(name, None)[0] for name in reversed(tables)]
        parts = [backup_table(connection, name, again=name not in _made(follow)) for name in names]
        for number, step in columns:
            after = _later_names(follow[number + 1 :])
            parts.append(
                backup_columns(
                    connection, before(step.name, None)[0], _read(step, before), _write(step, after)
                )
            )
        self.parts = [*parts, *self.parts]
        text = "\n".join([_HEAD, *self.parts])
        path = keep_text(session.layout, session.layout.backups, self._file(), text)
        self.path, self.name = path, session.layout.name(path)

    def _file(self) -> str:
        """A file's name that no backup has yet; once found, the same."""
        if self.path is not None:
            return self.path.name
        stamp = f"{self.session.world.now:%Y%m%d%H%M%S}"
        names = chain((f"{stamp}.sql",), (f"{stamp}-{n}.sql" for n in count(2)))
        return next(name for name in names if not (self.session.layout.backups / name).exists())


_Names = Callable[[str, str | None], tuple[str, str | None]]


def _read(step: KeepColumns, before: _Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that go, and the key, as the database calls them now."""
    named = [tuple(str(before(step.name, c)[1]) for c in names) for names in (step.columns, step.key)]
    return named[0], named[1]


def _write(step: KeepColumns, after: _Names) -> tuple[str, tuple[str, ...]]:
    """The table, and the key, as the database will call them."""
    return after(step.name, None)[0], tuple(str(after(step.name, c)[1]) for c in step.key)


def _later_names(steps: Sequence[Operation]) -> _Names:
    """What a table, and a column of it, are called after the steps."""

    def after(table: str, column: str | None) -> tuple[str, str | None]:
        for step in steps:
            if isinstance(step, RenameTable) and step.old == table:
                table = step.new
            elif isinstance(step, RenameColumn) and step.name == table and step.old == column:
                column = step.new
        return table, column

    return after


def _made(steps: Iterable[Operation]) -> set[str]:
    """The names that the steps give to tables."""
    return {
        step.new if isinstance(step, RenameTable) else step.new.name
        for step in steps
        if isinstance(step, (RenameTable, CreateTable))
    }
