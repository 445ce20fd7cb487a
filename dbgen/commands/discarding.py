"""`--discard-data`: nothing is kept of what goes; a person is asked once more, and a backup comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dbgen.commands.session import Session
from dbgen.errors import Declined
from dbgen.operations.base import Operation
from dbgen.operations.keeping import KeepColumns, KeepTable
from dbgen.workspace.leftovers import keep_text

if TYPE_CHECKING:
    from dbgen.database.connection import Connection


def discard_agreed(
    session: Session, connection: Connection, steps: Sequence[Operation], *, yes: bool, backup: bool
) -> str | None:
    """Asks whether what the steps would keep may go for good, and writes it down first; gives the backup's
    name, None where nothing goes or none was wanted. Raises Declined.
    """
    from dbgen.database.backup import backup_columns, backup_table

    tables = [step.name for step in steps if isinstance(step, KeepTable)]
    columns = [step for step in steps if isinstance(step, KeepColumns)]
    words = [f"table {name}" for name in tables]
    words += [f"{step.name}.{column}" for step in columns for column in step.columns]
    if not words:
        return None
    if not yes and not session.world.questions.discard(tuple(words)):
        raise Declined
    if not backup:
        return None
    session.world.progress.step("write what goes into a backup")
    parts = [backup_table(connection, name) for name in tables]
    parts += [backup_columns(connection, step.name, step.columns) for step in columns]
    head = "-- What dbgen discarded. Restore it with psql -v ON_ERROR_STOP=1 -1 -f THIS_FILE\n"
    name = f"{session.world.now:%Y%m%d%H%M%S}.sql"
    text = "\n".join([head, *parts])
    return session.layout.name(keep_text(session.layout, session.layout.backups, name, text))
