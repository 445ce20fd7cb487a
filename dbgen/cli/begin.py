"""`init`, and the `db` commands of the embedded database."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dbgen.cli import options
from dbgen.cli.calls import Call, Globals
from dbgen.errors import WorkError

if TYPE_CHECKING:
    from dbgen.cli.screen import Screen
    from dbgen.commands.context import World
    from dbgen.commands.results import EmbeddedState, Initialised


def init(
    context: typer.Context,
    scripts: Annotated[
        bool | None,
        typer.Option("--scripts/--no-scripts", help="Add db:… to package.json; default: ask."),
    ] = None,
    json: options.Json = False,
) -> Call:
    """Lay out a workspace here, with a small working example."""

    def work(world: World) -> Initialised:
        from dbgen import commands

        return commands.init(world, scripts=scripts)

    def show(screen: Screen, result: Initialised) -> None:
        from dbgen.cli.show_work import show_initialised

        show_initialised(screen, result)

    return Call("init", Globals.of(context), work, show, json)


def start(context: typer.Context, json: options.Json = False) -> Call:
    """Start the embedded database and keep it running.

    On a local port and with a password that stay the same for the workspace.
    It is PostgreSQL alone: no Data API, no auth service.
    """

    def work(world: World) -> EmbeddedState:
        from dbgen import commands

        return commands.start(world)

    return Call("db start", Globals.of(context), work, _shown("show_started"), json)


def stop(context: typer.Context, json: options.Json = False) -> Call:
    """Stop the embedded database; its data stays."""

    def work(world: World) -> EmbeddedState:
        from dbgen import commands

        return commands.stop(world)

    return Call("db stop", Globals.of(context), work, _shown("show_stopped"), json)


def url(context: typer.Context, json: options.Json = False) -> Call:
    """Print the embedded database's URL, with its password."""

    def work(world: World) -> EmbeddedState:
        from dbgen import commands

        return commands.url(world)

    return Call("db url", Globals.of(context), work, _shown("show_url"), json)


def psql(
    context: typer.Context,
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[ARGS]...", help="Handed on to psql.")
    ] = None,
) -> Call:
    """Open psql in the embedded database."""

    def work(world: World) -> None:
        from dbgen import commands

        words, environment = commands.psql_command(world, tuple(arguments or ()))
        _become(words, environment)

    return Call("db psql", Globals.of(context), work, _silent)


def _shown(name: str) -> Callable[[Screen, Any], None]:
    def show(screen: Screen, result: EmbeddedState) -> None:
        from dbgen.cli import show_work

        getattr(show_work, name)(screen, result)

    return show


def _silent(_: Screen, __: None) -> None:
    return None


def _become(words: list[str], environment: dict[str, str]) -> None:
    """Ends this process and begins the other in its place.

    Python ignores SIGPIPE, and what it starts would inherit that.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    before = signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        os.execvpe(words[0], words, {**os.environ, **environment})
    except OSError as error:
        signal.signal(signal.SIGPIPE, before)
        raise WorkError(
            "CONNECTION_ERROR",
            f"{words[0]} cannot be started: {error.strerror}",
            hint="Install PostgreSQL's client programs, or use `dbgen db url` with another client.",
        ) from None
