"""`apply` and `rollback`: the database up to the files, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbgen.cli import options, values
from dbgen.cli.calls import Call, Globals
from dbgen.errors import InputError

if TYPE_CHECKING:
    from dbgen.cli.screen import Screen
    from dbgen.commands.context import World
    from dbgen.commands.results import Applied, RolledBack


def apply(
    context: typer.Context,
    to: Annotated[
        str | None, typer.Option("--to", metavar="N", help="Up to iteration N; default: all.")
    ] = None,
    yes: options.Yes = False,
    no_verify: options.NoVerify = False,
    on_conflict: options.OnConflict = "stop",
    switch: Annotated[
        bool,
        typer.Option("--switch", help="Take a database that went another way back to the last common one."),
    ] = False,
    db_url: options.DbUrl = None,
    json: options.Json = False,
) -> Call:
    """Bring a database that is behind the files up to them.

    A colleague's database, another environment's, or your own after
    generate --no-apply; one transaction an iteration.
    """

    def work(world: World) -> Applied:
        from dbgen import commands

        return commands.apply(
            world,
            to=values.iteration(to),
            yes=yes,
            verify=not no_verify,
            on_conflict=on_conflict,
            switch=switch,
        )

    def show(screen: Screen, result: Applied) -> None:
        from dbgen.cli.show_work import show_applied

        show_applied(screen, result)

    return Call("apply", Globals.of(context), work, show, json, db_url)


def rollback(
    context: typer.Context,
    to: Annotated[
        str | None, typer.Option("--to", metavar="N", help="Back to iteration N; 0: nothing.")
    ] = None,
    steps: Annotated[
        str | None, typer.Option("--steps", metavar="K", help="How many iterations; default: 1.")
    ] = None,
    yes: options.Yes = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the SQL and do nothing.")] = False,
    on_conflict: options.OnConflict = "stop",
    discard_data: options.DiscardData = False,
    no_backup: options.NoBackup = False,
    db_url: options.DbUrl = None,
    json: options.Json = False,
) -> Call:
    """Undo iterations, newest first, one transaction each."""

    def work(world: World) -> RolledBack:
        from dbgen import commands

        if to is not None and steps is not None:
            raise InputError("INPUT_INVALID", "--to and --steps say the same in two ways: give one of them")
        target, number = values.iteration(to, lowest=0), values.count(steps, "--steps")
        return commands.rollback(
            world,
            to=target,
            steps=number,
            yes=yes,
            dry_run=dry_run,
            on_conflict=on_conflict,
            discard_data=discard_data,
            backup=not no_backup,
        )

    def show(screen: Screen, result: RolledBack) -> None:
        from dbgen.cli.show_work import show_rolled_back

        show_rolled_back(screen, result)

    return Call("rollback", Globals.of(context), work, show, json, db_url)
