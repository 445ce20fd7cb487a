"""Iterations made by hand, for tests that apply them."""

from __future__ import annotations

from dbgen.database.apply import Applied, Step, apply_step, rollback_step
from dbgen.database.connection import Connection

PATH = ".pipeline/database/rollbacks/prototype/rollback-iteration-1.sql"


def step(iteration: int = 1, *statements: str, undo: tuple[str, ...] = ()) -> Step:
    """An iteration whose files hold the statements given."""
    version = f"2026010100000{iteration}"
    bookkeeping = (
        f"DELETE FROM supabase_migrations.schema_migrations WHERE version = '{version}'",
        f"DELETE FROM dbgen.iterations WHERE iteration = {iteration}",
    )
    return Step(
        iteration,
        version,
        f"iter{iteration}_things",
        "things",
        "".join(f"{statement};\n" for statement in statements),
        statements,
        "".join(f"{statement};\n" for statement in (*undo, *bookkeeping)),
        f'{{"snapshot": {iteration}}}\n',
        "export type Json = string\n",
        {"tables": 1},
        "dbgen 0.1.0",
    )


def apply(connection: Connection, made: Step, *, tries: int = 1, workspace_id: str = "w1") -> Applied:
    """Apply it as tests do."""
    return apply_step(
        connection,
        made,
        workspace_id=workspace_id,
        applied_by="ann@host",
        rollback_path=PATH,
        tries=tries,
    )


def undo(connection: Connection, made: Step, *, tries: int = 1) -> Applied:
    """Roll it back as tests do."""
    return rollback_step(connection, made.rollback, iteration=made.iteration, rollback_path=PATH, tries=tries)
