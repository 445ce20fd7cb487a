"""Standard output and standard error: text laid out for where it goes, raw text, JSON, log lines.

rich lays text out into a string first and is imported for that alone; writing is done here, so that encodings
and closed pipes are dealt with in one place.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Collection, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

from dbgen.cli.secrets import all_hidden
from dbgen.values import dataclass

if TYPE_CHECKING:
    from rich.console import RenderableType

#: Where lines are for programs and files, they are not broken.
_UNBROKEN = 100_000
#: Colouring takes about a second per megabyte; nobody reads that much in colour.
_COLOURED = 400_000


@dataclass(slots=True)
class Screen:
    """The streams of one call. `known` are secrets; `plan_shown` keeps a plan from being shown twice,
    `warned` are the notices that were shown with it.
    """

    out: TextIO
    err: TextIO
    quiet: bool = False
    verbose: bool = False
    log_json: bool = False
    known: Sequence[str] = field(default=(), repr=False)
    plan_shown: bool = False
    warned: Collection[object] = ()
    began: float = field(default_factory=time.monotonic)

    @property
    def someone_there(self) -> bool:
        """Whether a person reads and can answer."""
        stdin = sys.stdin
        there = stdin is not None and not stdin.closed and stdin.isatty()
        return there and (self.out.isatty() or self.err.isatty())

    @property
    def seen(self) -> TextIO:
        """The stream that a person who is asked looks at."""
        return self.out if self.out.isatty() else self.err

    def show(self, *parts: RenderableType) -> None:
        """Parts of a result, each on lines of its own, to standard output."""
        _write(self.out, laid_out(self.out, parts))

    def sql(self, text: str) -> None:
        """SQL to standard output: in colour on a terminal, as it is elsewhere."""
        if not self.out.isatty():
            self.raw(text)
            return
        from dbgen.cli.text import clean_lines

        if len(text) > _COLOURED or not colours(self.out):
            _write(self.out, clean_lines(text) + "\n")
            return
        from rich.syntax import Syntax

        syntax = Syntax("", "postgresql", theme="ansi_dark", background_color="default")
        _write(self.out, laid_out(self.out, (syntax.highlight(clean_lines(text)),), code=True))

    def ask(self, *parts: RenderableType) -> None:
        """The same to where a person looks."""
        _write(self.seen, laid_out(self.seen, parts))

    def prompt(self, text: str) -> str | None:
        """A line typed as the answer; None at the end of the input (Ctrl-D)."""
        from dbgen.cli.text import words

        _write(self.seen, laid_out(self.seen, (words(text),)).rstrip("\n") + " ")
        line = sys.stdin.readline()
        if not line:
            _write(self.seen, "\n")
            return None
        return line.strip()

    def note(self, *parts: RenderableType) -> None:
        """Parts beside the result, to standard error; a standard error that is closed is no error."""
        with contextlib.suppress(OSError, ValueError):
            _write(self.err, laid_out(self.err, parts))

    def note_raw(self, text: str) -> None:
        """Text as it is, to standard error."""
        with contextlib.suppress(OSError, ValueError):
            _write(self.err, text)

    def log(self, level: str, message: str, **data: Any) -> None:
        """One JSON line to standard error."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "level": level, "message": message, **data}
        with contextlib.suppress(OSError, ValueError):
            _write(self.err, json.dumps(all_hidden(line, self.known)) + "\n")

    def raw(self, text: str) -> None:
        """Text for programs, as it is and in UTF-8, to standard output."""
        buffer = getattr(self.out, "buffer", None)
        if buffer is None or self.out.isatty():
            _write(self.out, text)
            return
        self.out.flush()
        buffer.write(text.encode(errors="backslashreplace"))
        buffer.flush()

    def json(self, value: Any) -> None:
        """One JSON object to standard output."""
        self.raw(_indented(value, "\n") + "\n")


_plain = json.JSONEncoder(ensure_ascii=False, default=str).encode


def _indented(value: Any, start: str) -> str:
    """As `json.dumps` with an indent of 2, which leaves its C encoder for that; `start` begins a line."""
    inner = start + "  "
    if value and isinstance(value, dict):
        lines = [f"{inner}{_plain(key)}: {_indented(item, inner)}" for key, item in value.items()]
        return "{" + ",".join(lines) + start + "}"
    if value and isinstance(value, list):
        return "[" + ",".join([inner + _indented(item, inner) for item in value]) + start + "]"
    return _plain(value)


def colours(stream: TextIO) -> bool:
    """Whether the stream's text is coloured: a terminal that can, and no NO_COLOR (https://no-color.org)."""
    return _console(stream).color_system is not None and not _console(stream).no_color


def laid_out(stream: TextIO, parts: Sequence[RenderableType], *, code: bool = False) -> str:
    """The parts as text for the stream: as wide as the terminal, in colour where it has some.

    The lines of `code` are left to the terminal to break, so that they can be copied whole.
    """
    console = _console(stream)
    with console.capture() as capture:
        for part in parts:
            console.print(part, soft_wrap=code)
    text = capture.get()
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _console(stream: TextIO) -> Any:
    from rich.console import Console

    width = None if stream.isatty() else _UNBROKEN
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()
