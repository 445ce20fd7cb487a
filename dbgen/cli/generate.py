"""`generate` and `preview`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dbgen.cli import options, values
from dbgen.cli.calls import Call, Globals

if TYPE_CHECKING:
    from dbgen.cli.screen import Screen
    from dbgen.commands.context import World
    from dbgen.commands.results import Generated


def generate(
    context: typer.Context,
    iteration: options.Iteration = None,
    module: options.Module = None,
    drop_module: options.DropModule = None,
    phase: options.Phase = None,
    rename: options.Rename = None,
    no_renames: options.NoRenames = False,
    yes: options.Yes = False,
    no_apply: Annotated[bool, typer.Option("--no-apply", help="Write the files alone.")] = False,
    no_verify: options.NoVerify = False,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Take over tables that are there and equal the plan.")
    ] = False,
    on_conflict: options.OnConflict = "stop",
    discard_data: options.DiscardData = False,
    no_backup: options.NoBackup = False,
    repair_drift: Annotated[
        bool, typer.Option("--repair-drift", help="First bring back what differs from the last iteration.")
    ] = False,
    redo: Annotated[
        bool, typer.Option("--redo", help="Make the current iteration anew, with every row kept.")
    ] = False,
    db_url: options.DbUrl = None,
    json: options.Json = False,
) -> Call:
    """Make the next iteration and apply it.

    Reads the modules and BUSM, compares them with the previous iteration, shows
    what would change, asks, and writes migration, rollback, snapshot and types.
    The migration is applied in one transaction.
    """

    def work(world: World) -> Generated:
        from dbgen import commands

        chosen = _selectors(iteration, module, drop_module, phase, rename, no_renames)
        return commands.generate(
            world,
            **chosen,
            yes=yes,
            apply=not no_apply,
            verify=not no_verify,
            adopt=adopt,
            on_conflict=on_conflict,
            discard_data=discard_data,
            backup=not no_backup,
            repair_drift=repair_drift,
            redo=redo,
        )

    def show(screen: Screen, result: Generated) -> None:
        from dbgen.cli.show_plan import show_generated

        show_generated(screen, result)

    return Call("generate", Globals.of(context), work, show, json, db_url)


def preview(
    context: typer.Context,
    iteration: options.Iteration = None,
    module: options.Module = None,
    drop_module: options.DropModule = None,
    phase: options.Phase = None,
    rename: options.Rename = None,
    no_renames: options.NoRenames = False,
    sql: Annotated[bool, typer.Option("--sql", help="Show the SQL too.")] = False,
    with_database: Annotated[bool, typer.Option("--with-database", help="Look at the database too.")] = False,
    prove: Annotated[bool, typer.Option("--prove", help="Try it on a throwaway database.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with 3 when there are changes.")] = False,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rule", metavar="NAME=VALUE", help="Try one of the config's rules with this value; repeatable."
        ),
    ] = None,
    db_url: options.DbUrl = None,
    json: options.Json = False,
) -> Call:
    """Show what generate would do; write and apply nothing.

    From the files alone, unless told otherwise.
    """

    def work(world: World) -> Generated:
        from dbgen import commands

        chosen = _selectors(iteration, module, drop_module, phase, rename, no_renames)
        return commands.preview(
            world, **chosen, with_database=with_database, prove=prove, rules=tuple(rule or ())
        )

    def show(screen: Screen, result: Generated) -> None:
        from dbgen.cli.show_plan import show_preview

        show_preview(screen, result, sql=sql)

    def found(result: Generated) -> bool:
        return check and result.changed

    return Call("preview", Globals.of(context), work, show, json, db_url, found)


def _selectors(
    iteration: str | None,
    module: str | None,
    drop_modules: list[str] | None,
    phase: str | None,
    renames: list[str] | None,
    no_renames: bool,
) -> dict[str, Any]:
    return {
        "iteration": values.iteration(iteration),
        "module": module,
        "drop_modules": tuple(drop_modules or ()),
        "phase": values.count(phase, "--phase"),
        "renames": tuple(renames or ()),
        "no_renames": no_renames,
    }
