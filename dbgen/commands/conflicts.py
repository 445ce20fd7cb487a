"""Rows that stand in the way: looked for before the first statement, and a person asked what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from dbgen.commands.dependents import opening
from dbgen.commands.session import Session
from dbgen.errors import InputError, WorkError
from dbgen.model.requests import Notice
from dbgen.model.schema import ForeignKey
from dbgen.operations.altering import AlterColumn
from dbgen.operations.base import Operation, sql_of
from dbgen.operations.casting import AfterCast, BeforeCast
from dbgen.operations.enum_rows import MendEnum, UnmendEnum
from dbgen.operations.enums import AlterEnum, CreateEnum, type_name
from dbgen.operations.mending import Mend, MendNotNull, Unmend, UnmendNotNull
from dbgen.operations.value_renames import RenameValues
from dbgen.values import replace

if TYPE_CHECKING:
    from dbgen.database.conflicts import Check, Conflict
    from dbgen.database.connection import Connection

T = TypeVar("T")

STOP, FILL, QUARANTINE = MODES = ("stop", "fill", "quarantine")


def checked_mode(text: str) -> str:
    """The mode that `--on-conflict` names. Raises INPUT_INVALID."""
    if text not in MODES:
        raise InputError("INPUT_INVALID", f"--on-conflict {text!r} is none of {', '.join(MODES)}")
    return text


def look_ahead(
    session: Session,
    connection: Connection,
    steps: Sequence[Operation],
    mode: str,
    *,
    before: str = "",
) -> tuple[str, tuple[Notice, ...]]:
    """The mode to go on with, and what becomes of the rows in the way, as far as present rows show them.

    `before` is SQL that runs first. Raises DATA_CONFLICT for what stays in the way, where nobody decides
    otherwise.
    """
    from dbgen.database.conflicts import find_conflicts, refused

    prelude, checks = present_checks(steps)
    script = f"{before}\n{prelude}".strip()
    if not checks:
        return mode, ()
    session.world.progress.step("look for rows that stand in the way")

    def looked(chosen: str) -> tuple[str, tuple[Notice, ...]]:
        checks = present_checks(steps, chosen)[1]
        conflicts = find_conflicts(connection, checks, prelude=script, on_conflict=chosen)
        left = [conflict for conflict in conflicts if conflict.left]
        if left:
            raise refused(left)
        return chosen, tuple(_outcome(conflict, chosen) for conflict in conflicts)

    return settled(session, mode, looked)


def settled(session: Session, mode: str, work: Callable[[str], T]) -> T:
    """The work done in a mode; when rows stand in its way that no look ahead showed, a person decides."""
    try:
        return work(mode)
    except WorkError as error:
        if error.code != "DATA_CONFLICT":
            raise
        if mode != STOP:
            _forget_tried(error, mode)
            raise
        return work(session.world.questions.conflict(error))


def _forget_tried(error: WorkError, mode: str) -> None:
    """The hints do not name the way that was gone in vain."""
    other = QUARANTINE if mode == FILL else FILL

    def without(hint: str | None) -> str | None:
        if hint is None:
            return None
        kept = hint.replace("--on-conflict fill or quarantine", f"--on-conflict {other}")
        both = "--on-conflict quarantine (the lowest key stays)"
        return kept.replace(f"{both} or fill", both if mode == FILL else "--on-conflict fill")

    error.hint = without(error.hint)
    error.problems = tuple(replace(one, hint=without(one.hint)) for one in error.problems)


def seen(connection: Connection, steps: Sequence[Operation]) -> tuple[Conflict, ...]:
    """The conflicts that present rows show; nobody is asked."""
    from dbgen.database.conflicts import find_conflicts

    prelude, checks = present_checks(steps)
    return find_conflicts(connection, checks, prelude=prelude) if checks else ()


def present_checks(steps: Sequence[Operation], mode: str = STOP) -> tuple[str, tuple[Check, ...]]:
    """The renames as SQL, and the checks that the rows there can answer: what no earlier step changes."""
    first = opening(steps)
    renames = "".join(f"{statement.sql};\n" for statement in sql_of(first))
    return renames, tuple(_Present(mode).of(steps[len(first) :]))


class _Present:
    """What of the rows is still as it was, while the steps go by."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.changed: set[tuple[str, str]] = set()
        self.converted: set[tuple[str, str]] = set()
        self.refilled: set[str] = set()
        self.types: set[str] = set()
        self.unmended: list[Unmend] = []

    def of(self, steps: Iterable[Operation]) -> Iterable[Check]:
        """The calls that look, step by step."""
        for step in steps:
            if self._can_look(step):
                yield (*self._returning(step), *_calls(step))
            self._note(step)

    def _returning(self, step: Operation) -> Check:
        """The calls that, before a constraint is looked at, bring back what was set aside for others."""
        if not isinstance(step, Mend):
            return ()
        columns = set(step.constraint.columns)
        before = (
            one for one in self.unmended if one.name == step.name and columns & {*one.constraint.columns}
        )
        return tuple(call for one in before for call in _calls(one))

    def _can_look(self, step: Operation) -> bool:
        match step:
            case Mend():
                return self._as_it_was(step)
            case MendNotNull():
                return (step.name, step.column) not in self.converted
            case BeforeCast():
                return self._can_be_tried(step)
            case _:
                return isinstance(step, MendEnum)

    def _note(self, step: Operation) -> None:
        match step:
            case MendNotNull() | MendEnum() | RenameValues():
                self.changed.add((step.name, step.column))
            case CreateEnum() | AlterEnum():
                self.types.add(type_name(step.new.name))
            case BeforeCast():
                self.changed.add((step.name, step.column))
                if step.asked:
                    self.converted.add((step.name, step.column))
            case AlterColumn() if self.mode == FILL and step.old.default != step.new.default:
                # What is filled in is not the default that is there now.
                self.changed.add((step.name, step.new.name))
            case Unmend():
                self.refilled.add(step.name)
                self.unmended.append(step)
            case UnmendEnum() | UnmendNotNull() | AfterCast():
                self.refilled.add(step.name)

    def _can_be_tried(self, step: BeforeCast) -> bool:
        """Whether the cast is more than nothing, and to a type that is there already. Where no cast is known
        forward, PostgreSQL is asked for one first, without a row to blame.
        """
        if step.moment.direction == "forward" and step.there == "NULL":
            return False
        casts = f"{step.there} {step.back or ''}"
        changed = step.wide or (step.name, step.column) in self.changed
        return not changed and not any(name in casts for name in self.types)

    def _as_it_was(self, step: Mend) -> bool:
        own = step.constraint
        columns = {(step.name, column) for column in own.columns}
        if isinstance(own, ForeignKey) and own.inside:
            if own.target in self.refilled:
                return False
            columns |= {(own.target, column) for column in own.target_columns}
        return not columns & self.changed


def _calls(step: Operation) -> Check:
    return tuple(one for statement in step.statements() for one in statement.calls)


def _outcome(conflict: Conflict, mode: str) -> Notice:
    if mode == FILL:
        words = f"{conflict.message}: filled, the originals are kept"
    else:
        moved = " and ".join(f"{rows:,} of {table}" for table, rows in conflict.moved)
        words = f"{conflict.message}: moved into dbgen_archive: {moved or 'none'}"
    return Notice(words, code="DATA_CONFLICT")
