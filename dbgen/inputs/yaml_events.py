"""YAML's parse events as plain values with positions, by the core schema of YAML 1.2.

Built from events and not by `yaml.compose`: that recurses in C without a limit, and ends the process on a
deeply nested file. https://yaml.org/spec/1.2.2/#103-core-schema
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import yaml

from dbgen.errors import InputError, Problem
from dbgen.inputs.documents import Document, Spot, lines_of, place_at
from dbgen.inputs.problems import MOST, Path

_DEEPEST = 200
#: How many values aliases may add to those that are written out.
_MOST_BY_ALIAS = 100_000
_TEXT_TAG = "tag:yaml.org,2002:str"
_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# A number that begins with 0 is a text here: a postal code or a phone number would lose its zeros.
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,999})\Z")
_POINT = re.compile(
    r"[-+]?(?:\.[0-9]{1,999}|(?:0|[1-9][0-9]{0,999})(?:\.[0-9]{0,999})?)(?:[eE][-+]?[0-9]{1,3})?\Z"
)


def core(text: str) -> Any:
    """A plain scalar's value: null, a boolean, an int, a `Decimal`, else the text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in "+-.0123456789":
        if _WHOLE.match(text):
            return int(text)
        if _POINT.match(text):
            return Decimal(text)
    return text


def build(file: str, text: str, code: str) -> Document:
    """The document in the text. Raises `InputError` with every mistake found."""
    builder = _Builder(file, text)
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        builder.problem(f"{file} is no whole YAML: {error.problem or error.context}", spot)
    except yaml.reader.ReaderError as error:
        code_point = error.character if isinstance(error.character, int) else ord(error.character)
        lines = lines_of(text[: max(text.find(chr(code_point)), 0)])
        message = f"{file} is no YAML: the character U+{code_point:04X} is not allowed"
        builder.problem(message, (len(lines), len(lines[-1]) + 1))
    except _Stop:
        pass
    if builder.problems:
        raise InputError.of(code, builder.problems)
    return Document(file, text, builder.data, builder.locate)


class _Stop(Exception):
    """A mistake after which reading on makes no sense."""


class _Frame:
    __slots__ = ("anchor", "key", "marks", "pending", "size", "value")

    def __init__(self, value: dict[str, Any] | list[Any], anchor: str | None) -> None:
        self.value = value
        self.anchor = anchor
        self.marks: dict[str | int, Any] = {}
        self.pending = isinstance(value, dict)
        self.key = ""
        self.size = 1


class _Builder:
    def __init__(self, file: str, text: str) -> None:
        self.data: Any = None
        self.problems: list[Problem] = []
        self._file = file
        self._lines = lines_of(text)
        self._stack: list[_Frame] = []
        self._marks: dict[int, dict[str | int, Any]] = {}
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._by_alias = 0
        self._documents = 0
        self._root: Any = None

    def problem(self, message: str, spot: Spot, hint: str | None = None) -> None:
        if len(self.problems) < MOST:
            self.problems.append(Problem(message, hint, place_at(self._file, self._lines, spot)))

    def locate(self, path: Path) -> Spot | None:
        mark, value = self._root, self.data
        for step in path:
            marks = self._marks.get(id(value), {}) if isinstance(value, (dict, list)) else {}
            if step not in marks:
                return None
            mark, value = marks[step], value[step]
        return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)

    def take(self, event: yaml.Event) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event, {} if kind is yaml.MappingStartEvent else [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            frame = self._stack.pop()
            self._marks[id(frame.value)] = frame.marks
            self._finished(frame.value, frame.size, frame.anchor)
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._stop("expected one document, found a second one", event)

    def _scalar(self, event: Any) -> None:
        frame = self._stack[-1] if self._stack else None
        tag = event.tag
        if tag is not None and tag != "!" and tag != _TEXT_TAG:
            self._tag(event)
        if frame is not None and frame.pending:
            self._key(frame, event)
            return
        value = core(event.value) if event.implicit[0] and tag is None else event.value
        self._put(value, event.start_mark)
        self._finished(value, 1, event.anchor)

    def _tag(self, event: Any) -> None:
        self.problem(f"The tag {event.tag!r} is not read here; expected a plain value", _spot(event))

    def _key(self, frame: _Frame, event: Any) -> None:
        if event.value in frame.marks:
            self.problem(
                f'The key "{event.value}" stands twice in one mapping', _spot(event), "Keep one of them."
            )
        frame.key, frame.pending = event.value, False
        frame.marks[event.value] = event.start_mark

    def _put(self, value: Any, mark: Any) -> None:
        if not self._stack:
            self.data, self._root = value, mark
            return
        frame = self._stack[-1]
        if isinstance(frame.value, dict):
            frame.value[frame.key] = value
            frame.pending = True
        else:
            frame.marks[len(frame.value)] = mark
            frame.value.append(value)

    def _open(self, event: Any, value: dict[str, Any] | list[Any]) -> None:
        if self._stack and self._stack[-1].pending:
            self._stop("expected a text as a key", event)
        if len(self._stack) >= _DEEPEST:
            self._stop(f"the file is nested more than {_DEEPEST} levels deep", event)
        if event.tag is not None and event.tag != "!":
            self._tag(event)
        self._put(value, event.start_mark)
        if event.anchor is not None:
            self._anchors.pop(event.anchor, None)
        self._stack.append(_Frame(value, event.anchor))

    def _finished(self, value: Any, size: int, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = (value, size)
        if self._stack:
            self._stack[-1].size += size

    def _alias(self, event: Any) -> None:
        if self._stack and self._stack[-1].pending:
            self._stop("expected a text as a key", event)
        if event.anchor not in self._anchors:
            self._stop("the alias names no finished anchor above it", event)
        value, size = self._anchors[event.anchor]
        self._by_alias += size
        if self._by_alias > _MOST_BY_ALIAS:
            self._stop(f"aliases add more than {_MOST_BY_ALIAS} values", event)
        self._put(value, event.start_mark)
        self._finished(value, size, None)

    def _stop(self, what: str, event: Any) -> None:
        self.problem(f"{self._file}: {what}", _spot(event))
        raise _Stop


def _spot(event: Any) -> Spot:
    return event.start_mark.line + 1, event.start_mark.column + 1
