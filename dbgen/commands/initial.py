"""`init`: lays out a workspace."""

from __future__ import annotations

from dbgen.commands.context import World
from dbgen.commands.results import Initialised
from dbgen.workspace.init import has_package, init_workspace


def init(world: World, *, scripts: bool | None = None) -> Initialised:
    """Lays out a workspace where the command was called, or in `--project`. `scripts` None: ask."""
    root = (world.project or world.start).resolve()
    root.mkdir(parents=True, exist_ok=True)
    wanted = scripts
    if wanted is None:
        wanted = has_package(root) and world.questions.add_scripts()
    done = init_workspace(root, scripts=wanted)
    return Initialised(str(root), done.created, done.kept, done.scripts)
