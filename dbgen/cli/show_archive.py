"""The text of `archive`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbgen.cli.text import indented, item, one, words

if TYPE_CHECKING:
    from dbgen.cli.screen import Screen
    from dbgen.commands.results import Archived, Kept

#: Why values stay; whole rows have other reasons.
_IN_THE_WAY = {
    "columns": "their rows are gone, or have another value there",
    "values": "their rows are gone, or were edited since",
}


def show_list(screen: Screen, result: Archived) -> None:
    """A line for each entry; below it where it lies and why."""
    if not result.entries:
        screen.show(words(f"Nothing is kept in {result.target}."))
    for entry in result.entries:
        screen.show(words((f"{entry.id:>4}", "bold"), f"  {_what(entry)}"))
        if not screen.quiet:
            why = f", {entry.reason}" if entry.reason else ""
            made = f"iteration {entry.iteration}, {entry.direction}, {entry.since}{why}"
            screen.show(indented((f"{entry.relation}: {made}", "dim"), by=6))


def show_restored(screen: Screen, result: Archived) -> None:
    """How much came back."""
    for entry in result.entries:
        back = result.returned or 0
        screen.show(words(f"{back:,} of {entry.rows:,} row(s) came back to {entry.table}."))
        if back < entry.rows and not screen.quiet:
            why = _IN_THE_WAY.get(entry.kind, "their keys are taken, or the table has no place for them")
            screen.show(item("i", "cyan", f"The others stay in {entry.relation}: {why}."))


def show_purged(screen: Screen, result: Archived) -> None:
    """What is gone."""
    number = len(result.entries)
    screen.show(words(f"{number} {one('entries', number) if number != 1 else 'entry'} purged."))
    if not screen.quiet:
        screen.show(*(item("-", "dim", _what(entry)) for entry in result.entries))


def _what(entry: Kept) -> str:
    columns = ", ".join(f"{entry.table}.{column}" for column in entry.columns)
    words = {"columns": "values", "values": "originals"}.get(entry.kind, "rows")
    return f"{entry.rows:,} {one(words, entry.rows)} of {columns if words != 'rows' else entry.table}"
