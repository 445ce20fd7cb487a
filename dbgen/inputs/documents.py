"""Reads a file of the workspace into plain values that remember where they stood.

Numbers with a point become `Decimal`, so that `1.10` keeps its zero.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

from dbgen.errors import InputError, Place, Problem
from dbgen.inputs.problems import Path

#: Line and column, from 1.
Spot = tuple[int, int]
_LONGEST_LINE = 200


class Document:
    """A file's values. `place` finds a value's key (or the item) in the file."""

    def __init__(self, file: str, text: str, data: Any, locate: Callable[[Path], Spot | None]) -> None:
        self.file = file
        self.data = data
        self._text = text
        self._locate = locate
        self._lines: list[str] | None = None

    def place(self, path: Path) -> Place:
        """Where the value stands, else the nearest thing around it that is in the file."""
        for length in range(len(path), -1, -1):
            spot = self._locate(path[:length])
            if spot is not None:
                return self._at(spot)
        return Place(self.file)

    def _at(self, spot: Spot) -> Place:
        if self._lines is None:
            self._lines = lines_of(self._text)
        return place_at(self.file, self._lines, spot)


def lines_of(text: str) -> list[str]:
    """The lines as the parsers count them."""
    return [line.removesuffix("\r") for line in text.split("\n")]


def place_at(file: str, lines: list[str], spot: Spot) -> Place:
    """A place with its line's text."""
    line, column = spot
    text = lines[line - 1][:_LONGEST_LINE] if 0 < line <= len(lines) else None
    return Place(file, line, column, text)


def inside(root: FilePath, relative: str) -> bool:
    """Whether the path, its links followed, stays in the workspace."""
    try:
        return (root / relative).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def read_text(root: FilePath, relative: str, code: str = "INPUT_INVALID") -> str:
    """The text of a file of the workspace.

    Raises `InputError` for a file that is missing, unreadable, no plain file, not UTF-8, or outside.
    """
    path = root / relative
    if not inside(root, relative):
        raise _refused(code, relative, "leads out of the workspace")
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _refused(
                code, relative, "is no file" if not path.is_dir() else "is a directory, not a file"
            )
        content = path.read_bytes()
    except FileNotFoundError:
        hint = (
            "`dbgen init` lays out a workspace with an example; `paths` in the config says where files are."
        )
        raise InputError(code, f"{relative} does not exist", hint=hint, place=Place(relative)) from None
    except OSError as error:
        raise _refused(code, relative, f"cannot be read: {error.strerror or error}") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        raise InputError(
            code,
            f"{relative} is not UTF-8: byte 0x{content[error.start]:02x} in line {line}",
            hint="Save the file as UTF-8.",
            place=Place(relative, line, column),
        ) from None


def _refused(code: str, relative: str, why: str) -> InputError:
    return InputError(code, f"{relative} {why}", place=Place(relative))


def read_yaml(root: FilePath, relative: str, code: str = "INPUT_INVALID") -> Document:
    """A YAML file, read as YAML 1.2's core schema. Raises `InputError` with every mistake found."""
    from dbgen.inputs.yaml_events import build

    text = read_text(root, relative, code)
    return build(relative, text, code)


def read_json(root: FilePath, relative: str, code: str = "INPUT_INVALID") -> Document:
    """A JSON file, without duplicate keys and NaN. Raises `InputError` with every mistake found."""
    text = read_text(root, relative, code)
    return parse_json(relative, text, code)


def parse_json(file: str, text: str, code: str = "INPUT_INVALID") -> Document:
    """The same for a text that is at hand: the C parser reads it, positions come by a second reading."""
    from dbgen.inputs.json_positions import Positions

    repeated = False

    def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        result = dict(pairs)
        repeated = repeated or len(result) != len(pairs)
        return result

    def refuse(word: str) -> Any:
        raise _NotANumber(word)

    problem: Problem | None = None
    data: Any = None
    try:
        data = json.loads(text, object_pairs_hook=distinct, parse_constant=refuse, parse_float=Decimal)
    except json.JSONDecodeError as error:
        place = place_at(file, lines_of(text), (error.lineno, error.colno))
        problem = Problem(f"{file} is no whole JSON: {error.msg}", None, place)
    except _NotANumber as error:
        positions = Positions(text)
        where = place_at(file, lines_of(text), positions.spot(positions.constant(str(error))))
        problem = Problem(f"{error} is no JSON value; expected a number", None, where)
    except RecursionError:
        problem = Problem(f"{file} is nested too deeply", None, Place(file))
    except ValueError:
        # Python reads no whole number of more than 4,300 digits.
        problem = Problem(f"{file} holds a number that cannot be read: it is too long", None, Place(file))
    if problem is not None:
        raise InputError.of(code, [problem])
    document = Document(file, text, data, _Later(text))
    if repeated:
        raise InputError.of(code, _repeats(file, text))
    return document


class _NotANumber(Exception):
    pass


class _Later:
    """Reads the positions when the first one is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._positions: Any = None

    def __call__(self, path: Path) -> Spot | None:
        from dbgen.inputs.json_positions import Positions

        if self._positions is None:
            self._positions = Positions(self._text)
        found: Spot | None = self._positions.find(path)
        return found


def _repeats(file: str, text: str) -> list[Problem]:
    from dbgen.inputs.json_positions import Positions

    positions = Positions(text)
    positions.find(())
    lines = lines_of(text)
    return [
        Problem(
            f'The key "{name}" stands twice in one mapping',
            "Keep one of them.",
            place_at(file, lines, positions.spot(offset)),
        )
        for name, offset in positions.repeated
    ] or [Problem(f"{file} holds a key twice in one mapping", None, Place(file))]
