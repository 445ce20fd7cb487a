"""What differs between two schemas, in words, found by deepdiff in the tables that are not equal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from dbgen.model.schema import Column, EnumType, Function, Schema, Table

_KEYED = ("columns", "uniques", "checks", "foreign_keys", "indexes", "policies", "triggers")
_KINDS = {
    "columns": "column",
    "primary_key": "primary key",
    "uniques": "unique constraint",
    "checks": "check",
    "foreign_keys": "foreign key",
    "indexes": "index",
    "policies": "policy",
    "triggers": "trigger",
    "grants": "grant to",
}
_STEP = re.compile(r"\['((?:[^'\\]|\\.)*)'\]|\[\"((?:[^\"\\]|\\.)*)\"\]|\[(\d+)\]")


def changes_in_words(old: Schema, new: Schema) -> tuple[str, ...]:
    """A line for each table, enum and function, and each thing on a table, that came, went or changed."""
    return (
        *_things("table", old.tables, new.tables, _table_changes),
        *_things("enum", old.enums, new.enums, _enum_changes),
        *_things("function", old.functions, new.functions, _function_changes),
    )


def _things(kind: str, old: Iterable[Any], new: Iterable[Any], changed: Any) -> Iterable[str]:
    before = {thing.name: thing for thing in old}
    after = {thing.name: thing for thing in new}
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            yield f"{name}: {kind} added"
        elif name not in after:
            yield f"{name}: {kind} removed"
        elif before[name] != after[name]:
            yield from changed(before[name], after[name])


def _enum_changes(old: EnumType, new: EnumType) -> Iterable[str]:
    yield f"{old.name}: values changed from {', '.join(old.values)} to {', '.join(new.values)}"


def _function_changes(old: Function, new: Function) -> Iterable[str]:
    for part in fields(old):
        if part.compare and getattr(old, part.name) != getattr(new, part.name):
            yield f"{old.name}: {part.name} changed"


def _table_changes(old: Table, new: Table) -> Iterable[str]:
    from deepdiff import DeepDiff

    # Without a threshold of 0, dicts that share few keys are reported as a whole.
    found = DeepDiff(_plain(old), _plain(new), view="text", verbose_level=2, threshold_to_diff_deeper=0)
    lines = set[str]()
    for path in found.get("dictionary_item_added", {}):
        lines.add(_line(old.name, _steps(path), "added"))
    for path in found.get("dictionary_item_removed", {}):
        lines.add(_line(old.name, _steps(path), "removed"))
    for section in ("values_changed", "type_changes"):
        for path, change in found.get(section, {}).items():
            words = f"changed from {_value(change['old_value'])} to {_value(change['new_value'])}"
            lines.add(_line(old.name, _steps(path), words))
    return sorted(lines)


def _plain(table: Table) -> dict[str, Any]:
    """The table as nested dicts keyed by names, its lists as texts, so that every change has a short path."""
    security = "on" if table.row_security else "off"
    plain: dict[str, Any] = {"comment": table.comment, "row_security": security}
    for kind in _KEYED:
        plain[kind] = {item.name: _flat(item) for item in getattr(table, kind)}
    plain["grants"] = {grant.role: _flat(grant) for grant in table.grants}
    key = table.primary_key
    plain["primary_key"] = {key.name: ", ".join(key.columns)} if key else {}
    return plain


def _flat(item: Any) -> dict[str, Any]:
    """All that is compared of it, but for the key it stands under."""
    skipped = ("name", "role")
    values = {f.name: getattr(item, f.name) for f in fields(item) if f.compare and f.name not in skipped}
    if isinstance(item, Column):
        values["collation"] = item.collation or "the default"
    return {name: _joined(v) if isinstance(v, tuple) else v for name, v in values.items()}


def _joined(parts: tuple[Any, ...]) -> str:
    return ", ".join(".".join(part) if isinstance(part, tuple) else str(part) for part in parts)


def _steps(path: str) -> list[str]:
    return [a or b or c for a, b, c in _STEP.findall(path)]


def _line(table: str, steps: list[str], words: str) -> str:
    kind = _KINDS.get(steps[0])
    if kind is None or len(steps) == 1:
        return f"{table}: {steps[0].replace('_', ' ')} {words}"
    if len(steps) == 2:
        return f"{table}: {kind} {steps[1]} {words}"
    return f"{table}: {kind} {steps[1]}: {steps[2].replace('_', ' ')} {words}"


def _value(value: Any) -> str:
    return "nothing" if value in (None, "") else str(value)
