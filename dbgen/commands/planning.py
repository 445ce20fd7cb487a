"""From inputs and the last snapshot to a plan, with a person's answers where a rename is in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from dbgen.commands.generating import Selection
from dbgen.commands.questions import Questions
from dbgen.commands.results import Generated
from dbgen.commands.session import GENERATOR, Session
from dbgen.commands.view import views
from dbgen.errors import InputError
from dbgen.inputs.read import Wanted, read_inputs
from dbgen.model.requests import ModuleRequest
from dbgen.model.schema import Schema, Table
from dbgen.model.snapshot import Snapshot
from dbgen.operations.tables import CreateTable, RenameTable
from dbgen.plan import Plan, ambiguities, make_plan
from dbgen.plan.advice import advice, notices
from dbgen.plan.edited_keys import edited_keys
from dbgen.render.migration import Heading, migration, rollback
from dbgen.values import dataclass, replace
from dbgen.workspace.paths import describe
from dbgen.workspace.state import FilesState, snapshot_file


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with where it came from and the texts it gives."""

    iteration: int
    previous: Snapshot
    wanted: Wanted
    plan: Plan
    snapshot: Snapshot
    heading: Heading
    migration: str
    rollback: str

    def result(self, target: str | None) -> Generated:
        """The plan as `generate` and `preview` show it, before anything was done."""
        changed = bool(self.plan)
        return Generated(
            iteration=self.iteration if changed else self.previous.iteration,
            previous_iteration=self.previous.iteration,
            modules=self.wanted.module_names,
            phase=self.wanted.phase,
            changed=changed,
            target=target,
            counts=dict(self.plan.counts),
            operations=views(self.plan),
            warnings=(
                *self.wanted.notices,
                *edited_keys(self.plan),
                *notices(advice(self.wanted.schema)),
            ),
            busmUpdates=self.wanted.busm_updates,
            migration_sql=self.migration if changed else "",
            rollback_sql=self.rollback if changed else "",
        )


def table_names(planned: Planned) -> tuple[str, ...]:
    """The names that the plan gives to tables which the last snapshot does not have."""
    before = {table.name for table in planned.previous.schema.tables}
    names = set[str]()
    for step in planned.plan.operations:
        if isinstance(step, CreateTable):
            names.add(step.new.name)
        elif isinstance(step, RenameTable):
            names.add(step.new)
    return tuple(sorted(names - before))


def key_names(planned: Planned) -> tuple[str, ...]:
    """The names that primary keys of tables which the plan makes will have, beside those of the last
    snapshot: PostgreSQL calls a key otherwise where `{table}_pkey` is taken.
    """
    keys = (step.new.primary_key for step in planned.plan.operations if isinstance(step, CreateTable))
    names = {key.name for key in keys if key is not None}
    return tuple(sorted(names - relation_names(planned.previous.schema)))


def relation_names(schema: Schema) -> set[str]:
    """What tables, keys and indexes are called."""
    names = {table.name for table in schema.tables}
    for table in schema.tables:
        keys = (*table.uniques, *((table.primary_key,) if table.primary_key else ()))
        names |= {child.name for child in (*keys, *table.indexes)}
    return names


def plan_next(session: Session, state: FilesState, selection: Selection) -> Planned:
    """The plan for the next iteration.

    Raises INVALID_ITERATION, INPUT_INVALID, and AMBIGUOUS_RENAME where nobody is there to ask.
    """
    current = state.current
    _refuse_iteration(selection.iteration, current)
    iteration = current + 1
    wanted = _wanted(session, state.snapshot, selection, iteration)
    plan = make_plan(state.snapshot.schema, wanted.schema, wanted.decisions, iteration=iteration)
    if plan and selection.iteration is not None and selection.iteration == current:
        hint = "Its inputs have changed: `dbgen generate --redo` makes it anew, with every row kept."
        raise _not_applicable(current, current, hint)
    heading = Heading(
        iteration,
        ", ".join(wanted.module_names),
        GENERATOR,
        f"iter{iteration}_{describe(wanted.module_names)}",
    )
    snapshot = Snapshot(iteration, wanted.schema, wanted.modules, wanted.decisions)
    return Planned(
        iteration,
        state.snapshot,
        wanted,
        plan,
        snapshot,
        heading,
        migration(plan, heading),
        rollback(plan, heading),
    )


def plan_redo(session: Session, state: FilesState, selection: Selection) -> Planned:
    """The plan that makes the current iteration anew, from the snapshot before it.

    Raises as `plan_next` does; INVALID_ITERATION where there is no iteration yet, another one is asked for,
    or the inputs are those of the iteration before.
    """
    current = state.current
    if not current or selection.iteration not in (None, current):
        asked = selection.iteration or current
        raise _not_applicable(asked, current, "--redo makes the current iteration anew, no other.")
    before = replace(state, current=current - 1, last=snapshot_file(session.layout, current - 1))
    planned = plan_next(session, before, replace(selection, iteration=None))
    if not planned.plan:
        hint = f"The inputs say what iteration {current - 1} is: `dbgen rollback` goes back to it."
        raise _not_applicable(current, current, hint)
    return planned


def _refuse_iteration(asked: int | None, current: int) -> None:
    if asked is not None and (asked < 1 or asked not in (current, current + 1)):
        hint = f"The next one is iteration {current + 1}."
        raise _not_applicable(asked, current, hint)


def _not_applicable(asked: int, current: int, hint: str) -> InputError:
    return InputError(
        "INVALID_ITERATION",
        f"Iteration {asked} cannot be applied. Current state is iteration {current}",
        hint=hint,
        details={"iteration": asked, "current": current},
    )


def _wanted(session: Session, previous: Snapshot, selection: Selection, iteration: int) -> Wanted:
    """The inputs, read again with each rename that a person decides."""
    renames, settled = selection.renames, set[str]()
    while True:
        wanted = read_inputs(
            session.root,
            session.config,
            previous,
            iteration=iteration,
            module=selection.module,
            drop_modules=selection.drop_modules,
            phase=selection.phase,
            renames=renames,
        )
        if selection.no_renames:
            return wanted
        answer = _ask(session.world.questions, previous, wanted, settled)
        if answer is None:
            return wanted
        renames = (*renames, *answer)


def _ask(
    questions: Questions, previous: Snapshot, wanted: Wanted, settled: set[str]
) -> tuple[str, ...] | None:
    """The answer to the first open question: a rename, nothing for "none of them"; None: none is open."""
    old = _asked_for(previous.schema, previous.modules)
    found = ambiguities(old, _asked_for(wanted.schema, wanted.modules), wanted.decisions)
    undecided = [one for one in found if one.old_name not in settled]
    if not undecided:
        return None
    first, *others = undecided
    settled.add(first.old_name)
    name = questions.rename(first, others)
    return (f"{first.old_name}={name}",) if name is not None else ()


def _asked_for(schema: Schema, modules: Sequence[ModuleRequest]) -> Schema:
    """The schema without the tables and columns that the config's rules add: these are no renames."""
    columns: dict[str, set[str]] = {}
    for module in modules:
        for entity in module.entities:
            columns.setdefault(entity.table, set()).update(wish.column.name for wish in entity.fields)
        for junction in module.junctions:
            columns.setdefault(junction.table, set()).update(junction.columns)
    tables = (table for table in schema.tables if table.name in columns)
    return Schema(tuple(_narrowed(one, columns[one.name]) for one in tables))


def _narrowed(table: Table, names: set[str]) -> Table:
    """The table with those of its columns."""
    columns = tuple(column for column in table.columns if column.name in names)
    return table if len(columns) == len(table.columns) else replace(table, columns=columns)
