"""A plan as plain values, the same for JSON and the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from dbgen.commands.results import OperationView
from dbgen.operations.base import Operation, reversibility
from dbgen.plan import Plan
from dbgen.sql import Statement, merged, strongest


def views(plan: Plan) -> tuple[OperationView, ...]:
    """The plan's steps in order."""
    return tuple(view(operation) for operation in plan.operations)


def view(operation: Operation) -> OperationView:
    """One step."""
    statements = operation.statements()
    hazards = [hazard for statement in statements for hazard in statement.hazards]
    return OperationView(
        kind=operation.kind,
        object=operation.object,
        description=operation.describe(),
        sql=_script(statements),
        inverse_sql=_script(operation.inverse().statements()),
        reversibility=reversibility(statements),
        lock=strongest(statement.lock for statement in statements),
        rewrites=any(statement.rewrites for statement in statements),
        warnings=tuple(dict.fromkeys(hazard.message for hazard in hazards)),
    )


def _script(statements: Iterable[Statement]) -> str:
    return "\n".join(f"{statement.sql};" for statement in merged(statements))
