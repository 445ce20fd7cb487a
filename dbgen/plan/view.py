"""A plan as plain values, the same for JSON, the terminal and the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from dbgen.operations.base import Operation
from dbgen.plan.diff import Plan
from dbgen.sql import merged


@dataclass(frozen=True, slots=True)
class OperationView:
    """One step of the plan as `preview --json` shows it; ."""

    kind: str
    object: str
    description: str
    sql: str
    inverse_sql: str
    reversibility: str
    lock: str
    rewrites: bool
    warnings: tuple[str, ...]


def views(plan: Plan) -> tuple[OperationView, ...]:
    """The plan's steps in order."""
    return tuple(_view(operation) for operation in plan.operations)


def _view(operation: Operation) -> OperationView:
    hazards = [hazard for statement in operation.statements() for hazard in statement.hazards]
    return OperationView(
        kind=operation.kind,
        object=operation.object,
        description=operation.describe(),
        sql=script(operation),
        inverse_sql=script(operation.inverse()),
        reversibility=operation.reversibility,
        lock=operation.lock,
        rewrites=operation.rewrites,
        warnings=tuple(dict.fromkeys(hazard.message for hazard in hazards)),
    )


def script(operation: Operation) -> str:
    """The step's statements, each with its semicolon."""
    return "\n".join(f"{statement.sql};" for statement in merged(operation.statements()))
