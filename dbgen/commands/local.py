"""`db`: the embedded database, started to be used by an app, stopped, named, talked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbgen.commands.context import World
from dbgen.commands.results import EmbeddedState
from dbgen.commands.session import open_session
from dbgen.errors import WorkError

if TYPE_CHECKING:
    from dbgen.database.embedded import Embedded


def start(world: World) -> EmbeddedState:
    """Starts the embedded database and keeps it running until `stop`."""
    server = _server(world)
    address = server.start(keep=True)
    moved = server.moved_from()
    note = f"port {moved} was taken by another program; the port is another one now" if moved else None
    return EmbeddedState(True, address, server.version(), note)


def stop(world: World) -> EmbeddedState:
    """Stops it; says in the note whether it was running."""
    was_running = _server(world).stop()
    return EmbeddedState(False, note=None if was_running else "it was not running")


def url(world: World) -> EmbeddedState:
    """Its URL, password included: it is for programs on this machine."""
    server = _server(world)
    if not server.exists():
        raise WorkError(
            "CONNECTION_ERROR",
            "This workspace has no embedded database yet",
            hint="Start it with `dbgen db start`, or make an iteration with `dbgen generate`.",
        )
    return EmbeddedState(server.running(), server.url(), server.version())


def psql_command(world: World, args: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
    """The command that talks to it, and what to add to its environment. Starts the server and keeps it."""
    from dbgen.database.embedded import tool
    from dbgen.database.urls import psql_environment

    server = _server(world)
    address = server.start(keep=server.kept())
    return [str(tool("psql")), *args], psql_environment(address)


def _server(world: World) -> Embedded:
    from dbgen.database.embedded import embedded

    return embedded(open_session(world).root)
