"""The use cases, and the library's API: `from dbgen.commands import World, generate`.

Each is imported where it is first asked for, because most need packages that take a while to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dbgen.commands.application import apply
    from dbgen.commands.archive import archive_list, archive_purge, archive_restore
    from dbgen.commands.context import World
    from dbgen.commands.generation import generate
    from dbgen.commands.initial import init
    from dbgen.commands.local import psql_command, start, stop, url
    from dbgen.commands.overview import status
    from dbgen.commands.past import diff, history
    from dbgen.commands.previewing import preview
    from dbgen.commands.type_files import types
    from dbgen.commands.undoing import rollback

_HOMES = {
    "World": "context",
    "apply": "application",
    "archive_list": "archive",
    "archive_purge": "archive",
    "archive_restore": "archive",
    "diff": "past",
    "generate": "generation",
    "history": "past",
    "init": "initial",
    "preview": "previewing",
    "psql_command": "local",
    "rollback": "undoing",
    "start": "local",
    "status": "overview",
    "stop": "local",
    "types": "type_files",
    "url": "local",
}

__all__ = [
    "World",
    "apply",
    "archive_list",
    "archive_purge",
    "archive_restore",
    "diff",
    "generate",
    "history",
    "init",
    "preview",
    "psql_command",
    "rollback",
    "start",
    "status",
    "stop",
    "types",
    "url",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
