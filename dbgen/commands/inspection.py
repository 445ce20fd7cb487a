"""What `preview --with-database` sees on the target: rows concerned, names taken, drift, another story."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dbgen.commands.catching_up import pushed
from dbgen.commands.conflicts import seen
from dbgen.commands.dependents import dependents_of, original_names
from dbgen.commands.history_check import refuse_other_story
from dbgen.commands.planning import Planned, table_names
from dbgen.commands.seen_drift import drift_of
from dbgen.commands.session import Session
from dbgen.errors import DbgenError
from dbgen.model.requests import Notice
from dbgen.operations.keeping import KeepColumns, KeepTable
from dbgen.workspace.state import read_state

if TYPE_CHECKING:
    from dbgen.database.connection import Connection


def look(session: Session, planned: Planned, connection: Connection) -> tuple[Notice, ...]:
    """What the target adds to a plan, as warnings; changes nothing."""
    from dbgen.database.ledger import read_ledger
    from dbgen.database.preflight import check_size, existing_tables

    found: list[Notice] = []
    try:
        state, ledger = read_state(session.layout), read_ledger(connection, texts=False)
        behind = refuse_other_story(session, state, ledger) - len(pushed(state, ledger))
        if behind > 0:
            found.append(
                Notice(f"The database is {behind} iteration(s) behind the files", code="STATE_MISMATCH")
            )
        check_size(connection, planned.plan.locks)
        found += _drift(session, connection)
    except DbgenError as error:
        found.append(Notice(error.message, code=error.code))
    names = table_names(planned)
    for taken in existing_tables(connection, names) if names else ():
        found.append(Notice(f"{taken} is already in the database", code="TABLE_EXISTS"))
    return (*found, *_rows(planned, connection))


def _drift(session: Session, connection: Connection) -> Iterable[Notice]:
    drift = drift_of(session, connection)
    yield from (Notice(line, code="DRIFT") for line in drift.differences)
    yield from drift.notices()


def _rows(planned: Planned, connection: Connection) -> Iterable[Notice]:
    """What is kept, what stands in the way, what hangs on it."""
    from dbgen.database.preflight import count_rows

    steps = planned.plan.operations
    names = original_names(steps)
    for step in steps:
        match step:
            case KeepTable():
                table, _ = names(step.name, None)
                rows = count_rows(connection, table)
                if rows:
                    yield Notice(f"keeps {rows:,} row(s) of {table}", "notice", "KEPT")
            case KeepColumns():
                for column in step.columns:
                    table, name = names(step.name, column)
                    rows = count_rows(connection, table, name)
                    if rows:
                        yield Notice(f"keeps {rows:,} value(s) of {table}.{name}", "notice", "KEPT")
    for one in dependents_of(connection, steps, planned.previous.schema):
        yield Notice(f"{one.what} hangs on {one.on}", code="DEPENDENT_OBJECTS")
    for conflict in seen(connection, steps):
        yield Notice(conflict.message, code="DATA_CONFLICT")
