"""`apply --switch`: a database that took another way goes back to where its way and the files' parted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dbgen.commands.dependents import refuse_dependents
from dbgen.commands.history_check import differing_iterations, refuse_stranger
from dbgen.commands.session import Session
from dbgen.commands.taking_back import ledger_plan, take_back, texts_of, undone_step
from dbgen.model.requests import Notice
from dbgen.workspace.files import corrupt
from dbgen.workspace.state import FilesState

if TYPE_CHECKING:
    from dbgen.database.connection import Connection
    from dbgen.database.ledger import Ledger, LedgerRow


class Switch:
    """The way back to the last common iteration, from the ledger's own scripts."""

    def __init__(self, session: Session, connection: Connection, state: FilesState, ledger: Ledger) -> None:
        from dbgen.database.ledger import read_ledger

        refuse_stranger(session, ledger)
        if state.missing:
            # What is taken back here could not be brought forward again.
            raise corrupt(session.layout.name(state.missing[0]), "is missing")
        differing = differing_iterations(session, state, ledger)
        self.session = session
        self.connection = connection
        self.common = differing[0] - 1 if differing else ledger.current
        whole = read_ledger(connection) if differing else ledger
        self.rows: dict[int, LedgerRow] = {row.iteration: row for row in whole.rows}
        #: What is taken back, newest first.
        self.undone = tuple(undone_step(self.rows, n) for n in range(ledger.current, self.common, -1))

    def run(self, mode: str) -> tuple[Notice, ...]:
        """Takes it back, one transaction an iteration, rows kept; says what became of rows in the way."""
        session, said = self.session, list[Notice]()
        for step in self.undone:
            iteration = step.iteration
            plan = ledger_plan(self.rows, iteration)
            refuse_dependents(session, self.connection, plan.backward, plan.after)
            session.world.progress.step(f"roll back the database's iteration {iteration}")
            script = texts_of(self.rows, iteration).rollback
            said += take_back(session, self.connection, script, plan, iteration, mode=mode)
        return tuple(said)
