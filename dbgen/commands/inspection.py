"""What `preview --with-database` sees on the target: rows concerned, names taken, another story."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dbgen.commands.catching_up import pushed
from dbgen.commands.history_check import refuse_other_story
from dbgen.commands.planning import Planned, table_names
from dbgen.commands.session import Session
from dbgen.errors import DbgenError
from dbgen.model.requests import Notice
from dbgen.operations.columns import DropColumn
from dbgen.operations.tables import DropTable
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
    except DbgenError as error:
        found.append(Notice(error.message, code=error.code))
    names = table_names(planned)
    for taken in existing_tables(connection, names) if names else ():
        found.append(Notice(f"{taken} is already in the database", code="TABLE_EXISTS"))
    return (*found, *_rows_lost(planned, connection))


def _rows_lost(planned: Planned, connection: Connection) -> Iterable[Notice]:
    from dbgen.database.preflight import count_rows

    for step in planned.plan.operations:
        match step:
            case DropTable():
                rows = count_rows(connection, step.old.name)
                what = f"{rows:,} row(s) of {step.old.name}"
            case DropColumn():
                rows = count_rows(connection, step.name, step.old.name)
                what = f"{rows:,} value(s) of {step.object}"
            case _:
                continue
        if rows:
            yield Notice(f"{step.describe()} drops {what}", code="DATA_LOSS")
