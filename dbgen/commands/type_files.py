"""`types`: the TypeScript alone."""

from __future__ import annotations

from dbgen.commands.context import World
from dbgen.commands.results import Types
from dbgen.commands.session import open_session
from dbgen.errors import InputError
from dbgen.render.typescript import typescript
from dbgen.render.typescript_described import described_typescript
from dbgen.workspace.files import write_whole
from dbgen.workspace.state import load_snapshot, read_state


def types(
    world: World, *, iteration: int | None = None, from_database: bool = False, stdout: bool = False
) -> Types:
    """The types of an iteration's snapshot, or of what the target's `public` holds; written to the types
    folder unless `stdout`.
    """
    session = open_session(world)
    state = read_state(session.layout)
    chosen = state.current if iteration is None else iteration
    if not 0 <= chosen <= state.current:
        raise InputError(
            "INVALID_ITERATION",
            f"There is no iteration {chosen}. Current state is iteration {state.current}",
        )
    if from_database:
        from dbgen.database.described import describe

        with session.connected() as connection:
            text = described_typescript(describe(connection))
    else:
        last = chosen == state.current
        text = typescript((state.snapshot if last else load_snapshot(session.layout, chosen)).schema)
    if stdout:
        return Types(chosen, text)
    path = session.layout.types(chosen)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
    return Types(chosen, text, session.layout.name(path))
