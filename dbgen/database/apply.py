"""Iterations done and undone: schema, ledger and the Supabase CLI's history change together or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from dbgen.database.catalog import query, read_schema
from dbgen.database.connection import Connection
from dbgen.database.exclusive import exclusively
from dbgen.database.failures import work_error
from dbgen.database.ledger import forget_undone, read_ledger
from dbgen.database.script import joined, locate, split
from dbgen.errors import InputError, WorkError
from dbgen.model.codec import encode
from dbgen.model.schema import Schema
from dbgen.operations.keeper import KEPT, everything
from dbgen.sql import literal
from dbgen.values import dataclass

#: Told how many statements are done, and of how many.
Progress = Callable[[int, int], None]

_STATE = """
select coalesce((select max(iteration) from dbgen.iterations), 0),
       (select id from dbgen.workspace order by created_at limit 1),
       exists (select from pg_attribute where attname = 'rollback' and not attisdropped
                  and attrelid = 'supabase_migrations.schema_migrations'::regclass)
"""
_INSERT_ITERATION = """
insert into dbgen.iterations (iteration, version, name, module, migration, rollback, snapshot, types,
                              catalog, summary, generator, applied_by)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s, %s)
"""
_INSERT_VERSION = """
insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s::text[])
"""
_INSERT_VERSION_AND_WAY_BACK = """
insert into supabase_migrations.schema_migrations (version, name, statements, rollback)
values (%s, %s, %s::text[], %s::text[])
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One iteration as it is to be applied: `version` and `name` are the parts of the migration's file name,
    `statements` the migration's, without semicolons; the history gets those of the file's text, with their
    comments, as the Supabase CLI would write them.
    """

    iteration: int
    version: str
    name: str
    module: str
    migration: str
    statements: tuple[str, ...]
    rollback: str
    snapshot: str
    types: str
    summary: Mapping[str, Any]
    generator: str = "dbgen"


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done, and the Schema that the database has since."""

    iteration: int
    version: str
    schema: Schema


def apply_step(
    connection: Connection,
    step: Step,
    *,
    workspace_id: str,
    applied_by: str,
    rollback_path: str,
    on_conflict: str = "stop",
    discard: str = KEPT,
    tries: int = 3,
    progress: Progress | None = None,
) -> Applied:
    """Apply one iteration in one transaction, with the connection's timeouts.

    Raises MIGRATION_FAILED (`details`: index, statement, sqlstate, …), LOCKED, TOO_LARGE, CONNECTION_ERROR,
    STATE_MISMATCH for another workspace's database, and `InputError` INVALID_ITERATION when the database is
    not at the iteration before.
    """

    def work() -> Applied:
        has_rollback = prepare(connection, step.iteration, workspace_id)
        connection.batch(modes(on_conflict, discard))
        _run(connection, joined(step.statements), len(step.statements), rollback_path, progress)
        return _record(connection, step, applied_by, has_rollback)

    return exclusively(connection, work, partial(_has, step), tries=tries)


def redo_step(
    connection: Connection,
    script: str,
    step: Step,
    *,
    workspace_id: str,
    applied_by: str,
    rollback_path: str,
    on_conflict: str = "stop",
    discard: str = KEPT,
    tries: int = 3,
    progress: Progress | None = None,
) -> Applied:
    """Roll the last iteration back with its script and apply another in its place, in one transaction.

    Raises as `apply_step` and `rollback_step` do.
    """

    def work() -> Applied:
        _undo(connection, script, step.iteration, rollback_path, (on_conflict, discard), None)
        has_rollback = prepare(connection, step.iteration, workspace_id)
        _run(connection, joined(step.statements), len(step.statements), rollback_path, progress)
        return _record(connection, step, applied_by, has_rollback)

    return exclusively(connection, work, partial(_has, step), tries=tries)


def _has(step: Step, other: Connection) -> bool:
    """Whether the ledger holds this very step."""
    rows = read_ledger(other).rows
    mine = (step.iteration, step.version, step.migration)
    return any(mine == (row.iteration, row.version, row.texts and row.texts.migration) for row in rows)


def modes(on_conflict: str, discard: str = KEPT) -> str:
    """What the functions that keep rows look at."""
    return (
        f"SET LOCAL dbgen.on_conflict = {literal(on_conflict)};\nSET LOCAL dbgen.discard = {literal(discard)}"
    )


def rollback_step(
    connection: Connection,
    script: str,
    *,
    iteration: int,
    rollback_path: str,
    on_conflict: str = "stop",
    discard: str = KEPT,
    tries: int = 3,
    progress: Progress | None = None,
) -> Applied:
    """Run an iteration's rollback script, which sees to the ledger's rows too, in one transaction.

    Raises as `apply_step` does; STATE_CORRUPT for a script that leaves the ledger as it was.
    """

    def work() -> Applied:
        version = _undo(connection, script, iteration, rollback_path, (on_conflict, discard), progress)
        schema = read_schema(connection)
        connection.rows("NOTIFY pgrst, 'reload schema'")
        return Applied(iteration, version, schema)

    def happened(other: Connection) -> bool:
        return read_ledger(other, texts=False).current < iteration

    return exclusively(connection, work, happened, tries=tries)


def _undo(
    connection: Connection,
    script: str,
    iteration: int,
    rollback_path: str,
    how: tuple[str, str],
    progress: Progress | None,
) -> str:
    """Runs the rollback script of the last iteration, inside a transaction; gives its version."""
    version = _current_version(connection, iteration)
    connection.batch(f"{query('ledger')};\n{everything()}")
    connection.batch(modes(*how))
    _run(connection, script, len(split(script)), rollback_path, progress)
    if connection.rows("select 1 from dbgen.iterations where iteration >= %s", (iteration,)):
        raise WorkError(
            "STATE_CORRUPT", f"{rollback_path} did not take iteration {iteration} out of the ledger"
        )
    forget_undone(connection, (version,))
    return version


def prepare(connection: Connection, iteration: int, workspace_id: str) -> bool:
    """Make the ledger where it is missing and look whether this iteration is the next.

    Says whether the Supabase CLI's history has a column for the way back.
    """
    state = connection.batch(f"{query('ledger')};\n{everything()}\n{_STATE}")[-1][0]
    current, owner, has_rollback = state
    if owner is not None and owner != workspace_id and current > 0:
        raise WorkError(
            "STATE_MISMATCH",
            "This database belongs to another workspace",
            hint=f"Its ledger names workspace {owner}; this one is {workspace_id}.",
            details={"database": owner, "workspace": workspace_id},
        )
    if current != iteration - 1:
        raise _not_next(f"Iteration {iteration} cannot be applied.", current)
    if owner != workspace_id:
        connection.rows("delete from dbgen.workspace")
        connection.rows("insert into dbgen.workspace (id) values (%s)", (workspace_id,))
    return bool(has_rollback)


def _current_version(connection: Connection, iteration: int) -> str:
    """The version of the last iteration, which must be this one."""
    ledger = read_ledger(connection, texts=False)
    if ledger.current != iteration:
        raise _not_next(f"Iteration {iteration} cannot be rolled back.", ledger.current)
    return ledger.rows[-1].version


def _not_next(message: str, current: int) -> InputError:
    return InputError(
        "INVALID_ITERATION",
        f"{message} Current state is iteration {current}",
        details={"current": current},
    )


def _run(
    connection: Connection, text: str, total: int, rollback_path: str, progress: Progress | None
) -> None:
    told = None if progress is None else partial(_tell, progress, total)
    run_script(connection, text, f"Rollback script available at {rollback_path}", told)


def run_script(
    connection: Connection, text: str, after: str, told: Callable[[int], None] | None = None
) -> None:
    """Runs a script inside a transaction; `after` ends the message of MIGRATION_FAILED."""
    failure = connection.script(text, told)
    if failure is None:
        return
    located = locate(failure, text)
    reason = located.message.rstrip(".")
    raise work_error(located, f"Migration failed: {reason}. {after}")


def _tell(progress: Progress, total: int, done: int) -> None:
    progress(min(done, total), total)


def insert_iteration(connection: Connection, step: Step, applied_by: str, schema: Schema) -> None:
    """The iteration's row in dbgen's ledger, with the catalog that it left."""
    catalog = json.dumps(encode(schema), ensure_ascii=False)
    summary = json.dumps(dict(step.summary), ensure_ascii=False)
    artifacts = (step.migration, step.rollback, step.snapshot, step.types)
    head = (step.iteration, step.version, step.name, step.module)
    connection.rows(_INSERT_ITERATION, (*head, *artifacts, catalog, summary, step.generator, applied_by))


def _record(connection: Connection, step: Step, applied_by: str, has_rollback: bool) -> Applied:
    schema = read_schema(connection)
    insert_iteration(connection, step, applied_by, schema)
    forget_undone(connection, (step.version,))
    version = (step.version, step.name, list(split(step.migration)))
    if has_rollback:
        connection.rows(_INSERT_VERSION_AND_WAY_BACK, (*version, list(split(step.rollback))))
    else:
        connection.rows(_INSERT_VERSION, version)
    connection.rows("NOTIFY pgrst, 'reload schema'")
    return Applied(step.iteration, step.version, schema)
