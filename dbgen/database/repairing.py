"""A database brought back to what the ledger recorded: the ledger itself stays as it is."""

from __future__ import annotations

from dbgen.database.apply import modes, run_script
from dbgen.database.catalog import read_schema
from dbgen.database.connection import Connection
from dbgen.database.exclusive import exclusively
from dbgen.database.recording import held
from dbgen.errors import WorkError
from dbgen.model.schema import Schema
from dbgen.operations.keeper import everything


def run_repair(
    connection: Connection, script: str, recorded: Schema, *, on_conflict: str = "stop", tries: int = 3
) -> None:
    """Runs the script in one transaction, which ends only when the catalog holds what was recorded.

    Raises as `apply_step` does, and DRIFT when the catalog still differs.
    """

    def work() -> None:
        connection.batch(f"{everything()}\n{modes(on_conflict)}")
        run_script(connection, script, "Nothing was changed")
        if not _back(connection, recorded):
            raise WorkError("DRIFT", "The repair does not bring back what was recorded; nothing was changed")
        connection.rows("NOTIFY pgrst, 'reload schema'")

    exclusively(connection, work, lambda other: _back(other, recorded), tries=tries)


def _back(connection: Connection, recorded: Schema) -> bool:
    return held(recorded, read_schema(connection)) == recorded
