"""Building blocks of what people read: words with a style, facts in two columns, lists, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

#: Control characters would let a name in a file move the cursor or change the colours of a terminal.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

Part = str | tuple[str, str]


def clean(text: str) -> str:
    """The text with control characters written out."""
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def clean_lines(text: str) -> str:
    """The same for a text of several lines."""
    return "\n".join(clean(line.replace("\t", "    ")) for line in text.splitlines())


def words(*parts: Part) -> Text:
    """One line of texts, plain or with a style."""
    pieces = (part if isinstance(part, tuple) else (part, "") for part in parts)
    return Text.assemble(*((clean(text), style) for text, style in pieces))


def heading(text: str) -> Text:
    """A heading, with an empty line before it."""
    return Text.assemble("\n", (clean(text), "bold"))


def indented(*parts: Part, by: int = 2) -> Padding:
    """One line of texts, indented with all that it wraps into."""
    return _inset(words(*parts), by)


def item(mark: str, style: str, *parts: Part, by: int = 2) -> Padding:
    """One point of a list: what wraps hangs under the text."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=len(mark), no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark, style), words(*parts))
    return _inset(grid, by)


def facts(pairs: Iterable[tuple[str, str | Text]], by: int = 2) -> Padding:
    """Names and values in two columns."""
    rows = [(name, value if isinstance(value, Text) else words(value)) for name, value in pairs]
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows:
        grid.add_row(Text(clean(name), "dim"), value)
    return _inset(grid, by)


def counted(counts: Mapping[str, int]) -> str:
    """`2 tables, 1 column`: what is not zero, in the order given."""
    parts = [f"{number} {one(name, number)}" for name, number in counts.items() if number]
    return ", ".join(parts)


def one(plural: str, number: int) -> str:
    """The plural of a kind of object, or its singular for 1."""
    if number != 1:
        return plural
    for ending, single in (("indexes", "index"), ("policies", "policy"), ("entities", "entity")):
        if plural.endswith(ending):
            return plural.removesuffix(ending) + single
    return plural.removesuffix("s")


def _inset(grid: Table | Text, by: int) -> Padding:
    return Padding(grid, (0, 0, 0, by), expand=False)
