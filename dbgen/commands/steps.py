"""An iteration of the files, as the database room takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbgen.commands.session import GENERATOR, Session
from dbgen.model.snapshot import Snapshot
from dbgen.plan import Plan, make_plan
from dbgen.workspace.state import FilesState, artifact_text, load_snapshot

if TYPE_CHECKING:
    from dbgen.database.apply import Step


def recorded_plan(session: Session, iteration: int) -> tuple[Snapshot, Snapshot, Plan]:
    """The snapshots before and after an iteration, and the plan between them."""
    before = load_snapshot(session.layout, iteration - 1)
    after = load_snapshot(session.layout, iteration)
    return before, after, make_plan(before.schema, after.schema, after.decisions, iteration=iteration)


def file_step(session: Session, state: FilesState, iteration: int) -> Step:
    """The iteration with its texts, as they stand in the files."""
    from dbgen.database.apply import Step
    from dbgen.database.script import split

    layout, migration = session.layout, state.migration(iteration)
    _, after, plan = recorded_plan(session, iteration)
    text = artifact_text(layout, migration.path)
    return Step(
        iteration,
        migration.version,
        migration.path.stem.removeprefix(f"{migration.version}_"),
        ", ".join(module.module for module in after.modules),
        text,
        split(text),
        artifact_text(layout, layout.rollback(iteration)),
        artifact_text(layout, layout.snapshot(iteration)),
        artifact_text(layout, layout.types(iteration)),
        {"counts": dict(plan.counts)},
        GENERATOR,
    )
