"""`status`, `history`, `diff` and `types`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbgen.cli import options, values
from dbgen.cli.calls import Call, Globals

if TYPE_CHECKING:
    from dbgen.cli.screen import Screen
    from dbgen.commands.context import World
    from dbgen.commands.results import Difference, History, Status, Types


def status(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Exit with 3 when something is amiss.")] = False,
    restore: Annotated[
        bool, typer.Option("--restore", help="Bring lost files back from the database's ledger.")
    ] = False,
    db_url: options.DbUrl = None,
    json: options.Json = False,
) -> Call:
    """Show where files and database stand.

    On one screen: iteration, target, pending changes, what is amiss. Starts nothing.
    """

    def work(world: World) -> Status:
        from dbgen import commands

        return commands.status(world, restore=restore)

    def show(screen: Screen, result: Status) -> None:
        from dbgen.cli.show_state import show_status

        show_status(screen, result)

    def found(result: Status) -> bool:
        return check and bool(result.findings)

    return Call("status", Globals.of(context), work, show, json, db_url, found)


def history(context: typer.Context, db_url: options.DbUrl = None, json: options.Json = False) -> Call:
    """List the iterations: who made which when, with what."""

    def work(world: World) -> History:
        from dbgen import commands

        return commands.history(world)

    def show(screen: Screen, result: History) -> None:
        from dbgen.cli.show_state import show_history

        show_history(screen, result)

    return Call("history", Globals.of(context), work, show, json, db_url)


def diff(
    context: typer.Context,
    old: Annotated[
        str | None, typer.Argument(metavar="[N]", help="An iteration; default: the last one.")
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="[M]", help="Another; default: what the inputs say.")
    ] = None,
    json: options.Json = False,
) -> Call:
    """Say in words what differs between two iterations.

    With one, or none: between it, or the last one, and what the inputs say.
    """

    def work(world: World) -> Difference:
        from dbgen import commands

        first, second = values.iteration(old, lowest=0), values.iteration(new, lowest=0)
        return commands.diff(world, old=first, new=second)

    def show(screen: Screen, result: Difference) -> None:
        from dbgen.cli.show_state import show_difference

        show_difference(screen, result)

    return Call("diff", Globals.of(context), work, show, json)


def types(
    context: typer.Context,
    iteration: Annotated[
        str | None, typer.Option("--iteration", metavar="N", help="The iteration; default: the last one.")
    ] = None,
    from_database: Annotated[
        bool, typer.Option("--from-database", help="From what the database holds.")
    ] = False,
    stdout: Annotated[bool, typer.Option("--stdout", help="Print them instead of writing a file.")] = False,
    db_url: options.DbUrl = None,
    json: options.Json = False,
) -> Call:
    """Write the TypeScript types alone."""

    def work(world: World) -> Types:
        from dbgen import commands

        number = values.iteration(iteration)
        return commands.types(world, iteration=number, from_database=from_database, stdout=stdout)

    def show(screen: Screen, result: Types) -> None:
        from dbgen.cli.show_work import show_types

        show_types(screen, result)

    key = "text" if stdout else None
    return Call("types", Globals.of(context), work, show, json, db_url, text_key=key)
