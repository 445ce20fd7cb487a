"""What an iteration is made of: its files and its place in the ledger."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from dbgen.commands.planning import Planned
from dbgen.commands.session import GENERATOR, Session
from dbgen.model.snapshot import dumps
from dbgen.render.typescript import typescript
from dbgen.workspace.artifacts import Artifact, Artifacts, Intent, Retired

if TYPE_CHECKING:
    from dbgen.database.apply import Step


def artifacts_of(session: Session, planned: Planned, version: str) -> Artifacts:
    """The files of a planned iteration."""
    layout, iteration = session.layout, planned.iteration
    description = planned.heading.name.partition("_")[2]
    updates = planned.wanted.busm_updates
    flagged = json.dumps(updates, indent=2, ensure_ascii=False) + "\n" if updates else None
    return Artifacts(
        iteration,
        Artifact(layout.migration(version, iteration, description), planned.migration),
        Artifact(layout.rollback(iteration), planned.rollback),
        Artifact(layout.snapshot(iteration), dumps(planned.snapshot)),
        Artifact(layout.types(iteration), typescript(planned.snapshot.schema)),
        flagged,
    )


def intent_of(
    session: Session,
    iteration: int,
    version: str,
    *,
    awaits_commit: bool,
    retires: Retired | None,
) -> Intent:
    """What the run is about, as the staging folder keeps it."""
    return Intent(
        "generate",
        uuid.uuid4().hex,
        iteration,
        version,
        session.identity(),
        awaits_commit=awaits_commit,
        retires=retires,
        keep_history=session.config.keep_history,
        max_history=session.config.max_history_count,
        target=session.fingerprint,
    )


def step_of(planned: Planned, artifacts: Artifacts, version: str) -> Step:
    """The iteration as the database room takes it."""
    from dbgen.database.apply import Step
    from dbgen.database.script import split

    return Step(
        planned.iteration,
        version,
        planned.heading.name,
        planned.heading.module,
        artifacts.migration.text,
        split(artifacts.migration.text),
        artifacts.rollback.text,
        artifacts.snapshot.text,
        artifacts.types.text,
        {"counts": dict(planned.plan.counts)},
        GENERATOR,
    )
