"""A snapshot: what an iteration made, as a JSON file that is read in a review and compared by machine.

Layout: a table or module per block, a column, key or index per line. The last line is a checksum over all
before it, so that an edited or truncated file is noticed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import field
from functools import lru_cache
from typing import Any

from dbgen.errors import Place, WorkError
from dbgen.model import codec
from dbgen.model.requests import Decisions, ModuleRequest
from dbgen.model.schema import Schema
from dbgen.values import dataclass

FORMAT_VERSION = 1
_TAIL = '\n  "checksum": '
_line = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`modules` by name; `decisions` are those of the step from the previous iteration to this one."""

    iteration: int = 0
    schema: Schema = field(default_factory=Schema)
    modules: tuple[ModuleRequest, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)

    def __post_init__(self) -> None:
        object.__setattr__(self, "modules", tuple(sorted(self.modules, key=lambda m: m.module)))


def dumps(snapshot: Snapshot) -> str:
    """The snapshot as JSON text with a final newline; equal snapshots give equal text."""
    body = {"format_version": FORMAT_VERSION, **codec.encode(snapshot)}
    text = _block(body, 0)
    head = text[: text.rindex("\n")] + ","
    return _sealed(head)


def loads(text: str, file: str) -> Snapshot:
    """The snapshot that `dumps` wrote.

    Raises `WorkError` STATE_CORRUPT for a text that is truncated, edited, or of another format version.
    """
    try:
        return _read(text)
    except ValueError as error:
        raise _corrupt(file, str(error)) from None


# A run meets the last iteration's text in its file and in the database's ledger.
@lru_cache(maxsize=2)
def _read(text: str) -> Snapshot:
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    try:
        data: dict[str, Any] = json.loads(text)
        version = data.pop("format_version")
        checksum = data.pop("checksum")
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise ValueError("is no whole snapshot") from None
    if version != FORMAT_VERSION:
        raise ValueError(f"has format version {version}; this dbgen reads {FORMAT_VERSION}")
    head, mark, _ = text.rpartition(_TAIL)
    seal = _checksum(head)
    if not mark or checksum != seal or text[len(head) :] != _end(seal):
        raise ValueError("was changed after dbgen wrote it")
    try:
        return codec.decode(Snapshot, data)
    except (ValueError, TypeError) as error:
        raise ValueError(f"cannot be read: {error}") from None


def fingerprint(snapshot: Snapshot) -> str:
    """A hash that two snapshots share exactly when their texts are equal."""
    return hashlib.sha256(dumps(snapshot).encode()).hexdigest()


def _sealed(head: str) -> str:
    return head + _end(_checksum(head))


def _end(seal: str) -> str:
    return f'{_TAIL}"{seal}"\n}}\n'


def _checksum(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _corrupt(file: str, what: str) -> WorkError:
    return WorkError(
        "STATE_CORRUPT",
        f"The snapshot {file} {what}",
        hint="Bring it back from version control, or from the database with `dbgen status --restore`.",
        place=Place(file),
    )


def _flat(value: Any) -> bool:
    """Whether the value fits a line: nothing in it holds a list of objects."""
    if isinstance(value, dict):
        return all(_flat(item) for item in value.values() if isinstance(item, (dict, list)))
    return not isinstance(value, list) or not any(isinstance(item, (dict, list)) for item in value)


def _block(value: Any, depth: int) -> str:
    if not value or not isinstance(value, (dict, list)) or (_flat(value) and depth > 1):
        return _line(value)
    pad = "  " * (depth + 1)
    end = "\n" + "  " * depth
    if isinstance(value, dict):
        lines = [f"{pad}{_line(key)}: {_block(item, depth + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + end + "}"
    return "[\n" + ",\n".join(pad + _block(item, depth + 1) for item in value) + end + "]"
