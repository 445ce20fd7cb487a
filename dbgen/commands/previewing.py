"""`preview`: what `generate` would do, without doing it, and without loading what it would do it with."""

from __future__ import annotations

from contextlib import nullcontext

from dbgen.commands.context import World
from dbgen.commands.planning import Selection, plan_next
from dbgen.commands.results import Generated
from dbgen.commands.session import open_session
from dbgen.values import replace
from dbgen.workspace.state import read_state


def preview(
    world: World,
    *,
    iteration: int | None = None,
    module: str | None = None,
    drop_modules: tuple[str, ...] = (),
    phase: int | None = None,
    renames: tuple[str, ...] = (),
    no_renames: bool = False,
    with_database: bool = False,
    prove: bool = False,
    rules: tuple[str, ...] = (),
) -> Generated:
    """What `generate` would do; writes and applies nothing. `with_database` also looks at the target;
    `rules` (`includeRLS=true`) are tried in the place of the config's. Raises CONFIG_INVALID for others.
    """
    session = open_session(world, rules)
    selection = Selection(iteration, module, drop_modules, phase, renames, no_renames)
    planned = plan_next(session, read_state(session.layout), selection)
    result = planned.result(session.target.label)
    with session.connected() if with_database else nullcontext() as connection:
        if connection is not None:
            from dbgen.commands.inspection import look
            from dbgen.commands.visiting import advised

            said = advised(connection, planned, result.warnings)
            result = replace(result, warnings=(*said, *look(session, planned, connection)))
        if prove and planned.plan:
            from dbgen.commands import proving

            result = replace(result, proof=proving.proven(session, planned, connection))
    return result
