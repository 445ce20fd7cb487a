"""Drift: what dbgen recorded is missing or differs on the target; and what others have added there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from dbgen.errors import WorkError
from dbgen.model import codec
from dbgen.model.requests import Notice
from dbgen.model.schema import (
    FUNCTIONS,
    Check,
    ForeignKey,
    Index,
    Policy,
    PrimaryKey,
    Schema,
    Table,
    Trigger,
    Unique,
)
from dbgen.model.snapshot import loads
from dbgen.values import dataclass

if TYPE_CHECKING:
    from dbgen.database.catalog import Extra
    from dbgen.database.connection import Connection

Child = PrimaryKey | Unique | Check | ForeignKey | Index | Policy | Trigger

_SHOWN = 10
_DEFAULT = "the default"
_KINDS = {
    "columns": "column",
    "uniques": "unique constraint",
    "checks": "check",
    "foreign_keys": "foreign key",
    "indexes": "index",
    "policies": "policy",
    "triggers": "trigger",
}
_NOTED = (
    "policy",
    "trigger",
    "row security",
    "publication",
    "rule",
    "grant",
    "column grant",
    "sequence grant",
    "index",
    "check",
)


@dataclass(frozen=True, slots=True)
class Drift:
    """What the ledger recorded of dbgen's own objects, what is there of them, the differences in words, and
    what others added to dbgen's tables. `changed`: what bears the name of something recorded, and is more
    than a Schema can hold, as a disabled trigger.
    """

    iteration: int
    recorded: Schema
    live: Schema
    differences: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[Extra, ...] = ()

    def refuse(self, label: str) -> None:
        """Raises DRIFT where there is any."""
        if not self.differences:
            return
        more = len(self.differences) - _SHOWN
        listed = "; ".join(self.differences[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
        hint = (
            "Nothing was changed. `dbgen generate --repair-drift` brings it back; what is to stay belongs in "
            "a module or in BUSM."
        )
        message = f"{label} is no longer what iteration {self.iteration} left: {listed}"
        details = {"iteration": self.iteration, "differences": list(self.differences)}
        raise WorkError("DRIFT", message, hint=hint, details=details)

    def notices(self) -> tuple[Notice, ...]:
        """What others added, which stays."""
        return tuple(Notice(f"{line}: it stays", "notice", "ADDED_BY_OTHERS") for line in self.added)


def find_drift(connection: Connection) -> Drift:
    """Compares the live catalog with the one that the ledger's last iteration left. Raises STATE_CORRUPT."""
    from dbgen.database.catalog import odd_functions, read_extras, read_schema
    from dbgen.database.ledger import read_recorded
    from dbgen.database.recording import held

    record = read_recorded(connection)
    if record is None:
        return Drift(0, Schema(), Schema())
    own = loads(record.snapshot, f"ledger of iteration {record.iteration}").schema
    if record.catalog is None:
        return Drift(record.iteration, own, own)
    recorded = held(own, codec.decode(Schema, record.catalog))
    found = read_schema(connection)
    live = held(recorded, found)
    extras = read_extras(connection)
    changed = tuple(extra for extra in extras if named(recorded, extra) is not None)
    others = (extra for extra in extras if extra not in changed)
    lost = {function.name for function in recorded.functions} - {function.name for function in live.functions}
    changed += odd_functions(connection, lost) if lost else ()
    added = (*_more(recorded, found), *_extras(recorded, others))
    words = drift_in_words(recorded, live, changed)
    return Drift(record.iteration, recorded, live, words, tuple(sorted(added)), changed)


def named(recorded: Schema, extra: Extra) -> Child | None:
    """What was recorded under the name of something that no Schema can hold."""
    table = recorded.table(extra.table) if recorded.has(extra.table) else None
    if table is None:
        return None
    if extra.kind == "primary key":
        key = table.primary_key
        return key if key is not None and key.name == extra.name else None
    children = next((field for field, kind in _KINDS.items() if _word(kind) == extra.kind), "")
    known: tuple[Child, ...] = getattr(table, children, ())
    return next((child for child in known if child.name == extra.name), None)


def _word(kind: str) -> str:
    return kind.removesuffix(" constraint")


def drift_in_words(recorded: Schema, live: Schema, changed: Iterable[Extra] = ()) -> tuple[str, ...]:
    """Each difference: `accounts.phone: type is text, should be character varying(20)`."""
    lines: list[str] = []
    tables = {table.name: table for table in live.tables}
    there = {(extra.table, extra.kind, extra.name): extra.definition for extra in changed}
    for table in recorded.tables:
        if table.name in tables:
            lines += _table(table, tables[table.name], there)
        else:
            lines.append(f"{table.name}: is missing")
    enums = {enum.name: enum for enum in live.enums}
    for enum in recorded.enums:
        if enum.name not in enums:
            lines.append(f"{enum.name}: enum is missing")
        else:
            lines += _fields(enum.name, "", enums[enum.name], enum)
    functions = {function.name: function for function in live.functions}
    for function in recorded.functions:
        place = f"{FUNCTIONS}.{function.name}"
        if function.name in functions:
            lines += _fields(place, "", functions[function.name], function)
        elif (FUNCTIONS, "function", function.name) in there:
            lines.append(f"{place}: function is no longer what dbgen made")
        else:
            lines.append(f"{place}: function is missing")
    return tuple(lines)


def _table(recorded: Table, live: Table, changed: Mapping[tuple[str, str, str], str]) -> Iterator[str]:
    name = recorded.name
    for children, kind in _KINDS.items():
        there = {child.name: child for child in getattr(live, children)}
        word = "" if kind == "column" else f"{kind} "
        for child in getattr(recorded, children):
            if child.name in there:
                yield from _fields(f"{name}.{child.name}", word, there[child.name], child)
            elif (is_now := changed.get((name, _word(kind), child.name))) is not None:
                yield f"{name}.{child.name}: {kind} is no longer what dbgen made: {is_now}"
            else:
                yield f"{name}.{child.name}: {kind} is missing"
    if recorded.primary_key != live.primary_key:
        yield _line(name, "primary key", live.primary_key, recorded.primary_key)
    if recorded.comment != live.comment:
        yield _line(name, "comment", live.comment, recorded.comment)
    if recorded.row_security and not live.row_security:
        yield f"{name}: row level security is off, should be on"
    grants = {grant.role: grant.privileges for grant in live.grants}
    for grant in recorded.grants:
        missing = sorted(set(grant.privileges) - set(grants.get(grant.role, ())))
        if missing:
            yield f"{name}: {grant.role} lacks {', '.join(missing)}"


def _fields(place: str, prefix: str, live: Any, recorded: Any) -> Iterator[str]:
    for field in fields(recorded):
        is_now, should_be = getattr(live, field.name), getattr(recorded, field.name)
        if field.compare and is_now != should_be:
            if field.name == "collation":
                is_now, should_be = is_now or _DEFAULT, should_be or _DEFAULT
            yield _line(place, f"{prefix}{field.name.replace('_', ' ')}", is_now, should_be)


def _line(place: str, what: str, is_now: Any, should_be: Any) -> str:
    if any(isinstance(value, str) and "\n" in value for value in (is_now, should_be)):
        return f"{place}: {what} is no longer what dbgen made"
    return f"{place}: {what} is {_value(is_now)}, should be {_value(should_be)}"


def _value(value: Any) -> str:
    match value:
        case None | "":
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(".".join(v) if isinstance(v, tuple) else str(v) for v in value) or "nothing"
        case _:
            return ", ".join(value.columns) if hasattr(value, "columns") else str(value)


def _more(recorded: Schema, found: Schema) -> Iterator[str]:
    """What stands on dbgen's tables in the catalog and was not recorded."""
    tables: Mapping[str, Table] = {table.name: table for table in found.tables}
    for table in recorded.tables:
        if table.name not in tables:
            continue
        for children, kind in _KINDS.items():
            known = {child.name for child in getattr(table, children)}
            for child in getattr(tables[table.name], children):
                if child.name not in known:
                    yield f"{table.name}.{child.name}: {kind} that others added"
        if tables[table.name].row_security and not table.row_security:
            yield f"{table.name}: ENABLE ROW LEVEL SECURITY that others added"
        allowed = {grant.role: set(grant.privileges) for grant in table.grants}
        for grant in tables[table.name].grants:
            more = sorted(set(grant.privileges) - allowed.get(grant.role, set()))
            if more:
                yield f"{table.name}: grant to {grant.role} that others added: {', '.join(more)}"


def _extras(recorded: Schema, extras: Iterable[Extra]) -> Iterator[str]:
    own = {table.name for table in recorded.tables}
    for extra in extras:
        if extra.table in own and extra.kind in _NOTED:
            yield f"{extra.table}: {_what(extra)}"


def _what(extra: Extra) -> str:
    match extra.kind:
        case "row security":
            return f"{extra.definition} that others added"
        case "grant" | "sequence grant":
            return f"{extra.kind} to {extra.name} that others added: {extra.definition}"
        case _:
            return f"{extra.kind} {extra.name} that others added"
