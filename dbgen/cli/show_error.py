"""Errors as people read them, and as JSON: code, message, place with its line, hint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dbgen.errors import DbgenError, Place, Problem

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from dbgen.cli.screen import Screen

#: How much of a long line is shown around the column.
_BEFORE, _WINDOW = 40, 66


def error_json(error: DbgenError) -> dict[str, Any]:
    """The error as the contract's object, with `problems` and `details` where there are any."""
    value: dict[str, Any] = {"code": error.code, **_problem_json(error)}
    if error.problems:
        value["problems"] = [_problem_json(problem) for problem in error.problems]
    if error.details:
        value["details"] = dict(error.details)
    return value


def _problem_json(problem: DbgenError | Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "message": problem.message,
        "hint": problem.hint,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def show_error(screen: Screen, error: DbgenError) -> None:
    """The error to standard error, each of its problems after the other."""
    if screen.log_json:
        value = error_json(error)
        screen.log("error", value.pop("message"), **value)
        return
    from dbgen.cli.secrets import hidden

    def safe(text: str) -> str:
        return hidden(text, screen.known)

    parts: list[RenderableType] = []
    for number, problem in enumerate(_problems(error)):
        parts += [""] if number else []
        parts += _problem(error.code if number == 0 or error.problems else "", problem, safe)
    if screen.verbose:
        parts += list(_details(error, safe))
    screen.note(*parts)


def _problems(error: DbgenError) -> Sequence[DbgenError | Problem]:
    """The error itself, in the place of the first of its problems where both say the same: the error's hint
    may say more.
    """
    same = bool(error.problems) and error.problems[0].message == error.message
    return (error, *error.problems[1 if same else 0 :])


def _problem(code: str, problem: DbgenError | Problem, safe: Any) -> Iterator[RenderableType]:
    from dbgen.cli.text import clean, clean_lines, words

    first, *more = clean_lines(safe(problem.message)).splitlines() or [""]
    yield words((f"error[{code}]", "bold red"), f" {first}")
    yield from (words(f"  {line}") for line in more)
    if problem.place is not None:
        yield words(("  --> ", "cyan"), safe(clean(str(problem.place))))
        yield from _source(problem.place, safe)
    if problem.hint:
        yield _hint(clean_lines(safe(problem.hint)))


def _hint(text: str) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text("  hint:", "cyan"), Text(text))
    return grid


def _source(place: Place, safe: Any) -> Iterator[Text]:
    """The line with a caret under the column; of a long line what stands around the column."""
    from rich.cells import cell_len
    from rich.text import Text

    if place.text is None or not place.text.strip():
        return
    column = max((place.column or 1) - 1, 0)
    start = column - _BEFORE if len(place.text) > _WINDOW and column > _BEFORE else 0
    before = _flat(place.text[start:column])
    line = safe(before + _flat(place.text[column : start + _WINDOW])).rstrip()
    gutter = f" {place.line if place.line is not None else ''} | "
    yield Text.assemble((gutter, "cyan"), line)
    if place.column is not None:
        yield Text.assemble(
            (" " * (len(gutter) - 2) + "| ", "cyan"), " " * cell_len(before), ("^", "bold red")
        )


def _flat(text: str) -> str:
    from dbgen.cli.text import clean

    return clean(text.rstrip("\r\n").replace("\t", "    "))


def _details(error: DbgenError, safe: Any) -> Iterator[RenderableType]:
    from dbgen.cli.text import clean_lines, facts

    rows = [(name, clean_lines(safe(str(value)))) for name, value in error.details.items()]
    if rows:
        yield ""
        yield facts((name, line) for name, text in rows for line in text.splitlines())
