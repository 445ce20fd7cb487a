"""`preview`: what `generate` would do, without doing it, and without loading what it would do it with."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from dbgen.commands.context import World
from dbgen.commands.generating import Selection
from dbgen.commands.questions import Questions
from dbgen.commands.remembered import plan_key, recalled_preview, remember_preview
from dbgen.commands.results import Generated
from dbgen.commands.session import Session, open_session
from dbgen.values import replace
from dbgen.workspace.state import FilesState, glance

if TYPE_CHECKING:
    from dbgen.plan import Ambiguity


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
    state = glance(session.layout)
    if with_database or prove:
        return _looked_at(session, state, selection, with_database=with_database, prove=prove)
    return _from_files(session, state, selection)


def _looked_at(
    session: Session, state: FilesState, selection: Selection, *, with_database: bool, prove: bool
) -> Generated:
    """What the files say, and what the target or a throwaway database says to it."""
    from dbgen.commands.planning import plan_next

    planned = plan_next(session, state, selection)
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


def _from_files(session: Session, state: FilesState, selection: Selection) -> Generated:
    """What the files say, worked out once for the same files unless a person was asked."""
    key = plan_key(session, state, selection)
    result = recalled_preview(session, key)
    if result is None:
        from dbgen.commands.planning import plan_next

        person = _Listening(session.world.questions)
        listening = replace(session, world=replace(session.world, questions=person))
        result = plan_next(listening, state, selection).result(None)
        if not person.asked:
            remember_preview(session, key, result)
    return replace(result, target=session.target.label)


class _Listening(Questions):
    """Hands a plan's questions on, and knows whether there were any."""

    def __init__(self, person: Questions) -> None:
        self._person = person
        self.asked = False

    def rename(self, ambiguity: Ambiguity, others: Sequence[Ambiguity] = ()) -> str | None:
        """As the person answers."""
        self.asked = True
        return self._person.rename(ambiguity, others)
