"""`archive`: what is kept, brought back by hand, purged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbgen.cli import options, values
from dbgen.cli.calls import Call, Globals

if TYPE_CHECKING:
    from dbgen.cli.screen import Screen
    from dbgen.commands.context import World
    from dbgen.commands.results import Archived

Before = Annotated[
    str | None, typer.Option("--before", metavar="DATE", help="Kept before this day (2026-01-31).")
]


def list_kept(
    context: typer.Context, before: Before = None, db_url: options.DbUrl = None, json: options.Json = False
) -> Call:
    """List what is kept: of which table, how many rows, since when."""

    def work(world: World) -> Archived:
        from dbgen import commands

        return commands.archive_list(world, before=values.day(before))

    def show(screen: Screen, result: Archived) -> None:
        from dbgen.cli.show_archive import show_list

        show_list(screen, result)

    return Call("archive list", Globals.of(context), work, show, json, db_url)


def restore(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="As `dbgen archive list` shows it.")],
    yes: options.Yes = False,
    db_url: options.DbUrl = None,
    json: options.Json = False,
) -> Call:
    """Bring one table, column or set of rows back by hand.

    A table or column that is not there is made; dbgen does not answer for it.
    """

    def work(world: World) -> Archived:
        from dbgen import commands

        return commands.archive_restore(world, values.count(number, "NUMBER") or 0, yes=yes)

    def show(screen: Screen, result: Archived) -> None:
        from dbgen.cli.show_archive import show_restored

        show_restored(screen, result)

    return Call("archive restore", Globals.of(context), work, show, json, db_url)


def purge(
    context: typer.Context,
    before: Before = None,
    yes: options.Yes = False,
    db_url: options.DbUrl = None,
    json: options.Json = False,
) -> Call:
    """Let what is kept go for good; no rollback brings it back then."""

    def work(world: World) -> Archived:
        from dbgen import commands

        return commands.archive_purge(world, before=values.day(before), yes=yes)

    def show(screen: Screen, result: Archived) -> None:
        from dbgen.cli.show_archive import show_purged

        show_purged(screen, result)

    return Call("archive purge", Globals.of(context), work, show, json, db_url)
